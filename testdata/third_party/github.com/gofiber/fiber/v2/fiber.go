// Package fiber declares what testdata uses of the package by this name.
package fiber

import (
	"context"
	"time"
)

// Map is a JSON object.
type Map map[string]any

// Handler handles a request.
type Handler = func(*Ctx) error

// Ctx is one request and its response.
type Ctx struct{}

// Body gives the request's body, valid until the handler returns.
func (c *Ctx) Body() []byte { return nil }

// BodyParser reads the body into out.
func (c *Ctx) BodyParser(out any) error { return nil }

// Context gives the context underneath.
func (c *Ctx) Context() context.Context { return context.Background() }

// UserContext gives the context that was set before.
func (c *Ctx) UserContext() context.Context { return context.Background() }

// Params gives a path parameter, valid until the handler returns.
func (c *Ctx) Params(key string, defaultValue ...string) string { return "" }

// Query gives a query parameter, valid until the handler returns.
func (c *Ctx) Query(key string, defaultValue ...string) string { return "" }

// Get gives a header, valid until the handler returns.
func (c *Ctx) Get(key string, defaultValue ...string) string { return "" }

// Locals gives or sets a value.
func (c *Ctx) Locals(key any, value ...any) any { return nil }

// Next runs the next handler.
func (c *Ctx) Next() error { return nil }

// JSON writes a response.
func (c *Ctx) JSON(data any) error { return nil }

// SendString writes a response.
func (c *Ctx) SendString(body string) error { return nil }

// SendStatus writes a status.
func (c *Ctx) SendStatus(status int) error { return nil }

// Status sets the status.
func (c *Ctx) Status(status int) *Ctx { return c }

// Config configures an App.
type Config struct {
	ReadTimeout  time.Duration
	WriteTimeout time.Duration
	IdleTimeout  time.Duration
	Immutable    bool
}

// App routes requests.
type App struct{}

// New gives a router.
func New(config ...Config) *App { return &App{} }

// Use adds middleware.
func (app *App) Use(args ...any) *App { return app }

// Get adds a route.
func (app *App) Get(path string, handlers ...Handler) *App { return app }

// Post adds a route.
func (app *App) Post(path string, handlers ...Handler) *App { return app }

// Listen serves.
func (app *App) Listen(addr string) error { return nil }
