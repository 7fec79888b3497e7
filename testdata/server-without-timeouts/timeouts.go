package servers

import (
	"net/http"
	"time"
)

const writeTimeout = 30 * time.Second

// configured sets nothing by an assignment.
func configured(mux *http.ServeMux) *http.Server {
	return &http.Server{Handler: mux, ReadTimeout: writeTimeout}
}
