// Package echo declares what testdata uses of the package by this name.
package echo

import (
	"context"
	"net/http"
)

// HandlerFunc handles a request.
type HandlerFunc func(c Context) error

// MiddlewareFunc wraps handlers.
type MiddlewareFunc func(next HandlerFunc) HandlerFunc

// Context is one request and its response.
type Context interface {
	Request() *http.Request
	SetRequest(r *http.Request)
	Response() *Response
	Param(name string) string
	QueryParam(name string) string
	FormValue(name string) string
	Get(key string) any
	Set(key string, val any)
	Bind(i any) error
	JSON(code int, i any) error
	String(code int, s string) error
	NoContent(code int) error
}

// Response writes a response.
type Response struct {
	Writer    http.ResponseWriter
	Status    int
	Committed bool
}

// Header gives the headers.
func (r *Response) Header() http.Header { return nil }

// WriteHeader sends the headers.
func (r *Response) WriteHeader(code int) {}

// Write sends a piece of the body.
func (r *Response) Write(b []byte) (int, error) { return len(b), nil }

// Flush sends what is buffered.
func (r *Response) Flush() {}

// Echo routes requests.
type Echo struct {
	Server *http.Server
}

// New gives a router.
func New() *Echo { return &Echo{} }

// Use adds middleware.
func (e *Echo) Use(middleware ...MiddlewareFunc) {}

// GET adds a route.
func (e *Echo) GET(path string, h HandlerFunc, m ...MiddlewareFunc) {}

// POST adds a route.
func (e *Echo) POST(path string, h HandlerFunc, m ...MiddlewareFunc) {}

// Start serves.
func (e *Echo) Start(address string) error { return nil }

// StartServer serves with s.
func (e *Echo) StartServer(s *http.Server) error { return nil }

// Shutdown stops serving.
func (e *Echo) Shutdown(ctx context.Context) error { return nil }

// Close stops at once.
func (e *Echo) Close() error { return nil }

// ServeHTTP makes the router an http.Handler.
func (e *Echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
