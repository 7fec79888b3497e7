// Package gin declares what testdata uses of the package by this name.
package gin

import (
	"net/http"
	"time"
)

// H is a JSON object.
type H map[string]any

// HandlerFunc handles a request.
type HandlerFunc func(*Context)

// ResponseWriter writes a response.
type ResponseWriter interface {
	http.ResponseWriter
	http.Flusher
	Status() int
}

// Context is one request and its response.
type Context struct {
	Request *http.Request
	Writer  ResponseWriter
	Keys    map[any]any
}

var _ interface {
	Deadline() (time.Time, bool)
	Done() <-chan struct{}
	Err() error
	Value(any) any
} = (*Context)(nil)

// Copy gives a context that may outlive the request.
func (c *Context) Copy() *Context { return &Context{Request: c.Request} }

// Abort skips the remaining handlers.
func (c *Context) Abort() {}

// Next runs the remaining handlers.
func (c *Context) Next() {}

// JSON writes a response.
func (c *Context) JSON(code int, obj any) {}

// String writes a response.
func (c *Context) String(code int, format string, values ...any) {}

// Status sets the status.
func (c *Context) Status(code int) {}

// Param gives a path parameter.
func (c *Context) Param(key string) string { return "" }

// Query gives a query parameter.
func (c *Context) Query(key string) string { return "" }

// GetHeader gives a header of the request.
func (c *Context) GetHeader(key string) string { return "" }

// GetString gives a value set before.
func (c *Context) GetString(key string) string { return "" }

// Set keeps a value.
func (c *Context) Set(key string, value any) {}

// Bind reads the body into obj.
func (c *Context) Bind(obj any) error { return nil }

// ShouldBindJSON reads the body into obj.
func (c *Context) ShouldBindJSON(obj any) error { return nil }

// Deadline is the request's.
func (c *Context) Deadline() (time.Time, bool) { return time.Time{}, false }

// Done is the request's.
func (c *Context) Done() <-chan struct{} { return nil }

// Err is the request's.
func (c *Context) Err() error { return nil }

// Value gives a value set before.
func (c *Context) Value(key any) any { return nil }

// Engine routes requests.
type Engine struct{}

// New gives an engine.
func New() *Engine { return &Engine{} }

// Default gives an engine that logs and recovers.
func Default() *Engine { return &Engine{} }

// Use adds handlers to all routes.
func (e *Engine) Use(handlers ...HandlerFunc) {}

// GET adds a route.
func (e *Engine) GET(path string, handlers ...HandlerFunc) {}

// POST adds a route.
func (e *Engine) POST(path string, handlers ...HandlerFunc) {}

// Run serves.
func (e *Engine) Run(addr ...string) error { return nil }

// ServeHTTP makes the engine an http.Handler.
func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
