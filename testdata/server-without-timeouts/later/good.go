// Package later sets the timeouts after the literal.
package later

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

func Assigned(mux *http.ServeMux) error {
	server := &http.Server{Addr: ":8080", Handler: mux}
	server.ReadHeaderTimeout = 10 * time.Second
	server.IdleTimeout = time.Minute
	return server.ListenAndServe()
}

func New(mux *http.ServeMux) *http.Server {
	return &http.Server{Handler: mux}
}

func Caller(mux *http.ServeMux) error {
	server := New(mux)
	server.ReadHeaderTimeout = 10 * time.Second
	return server.ListenAndServe()
}

func OnEcho(timeout time.Duration) error {
	e := echo.New()
	return e.StartServer(&http.Server{ReadTimeout: timeout})
}
