// Package replaced gives the default client a timeout.
package replaced

import (
	"net/http"
	"time"
)

func init() {
	http.DefaultClient.Timeout = time.Minute
}

func Get(address string) (*http.Response, error) {
	return http.Get(address)
}
