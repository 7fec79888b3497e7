//glc:package github.com/go-chi/chi/v5
package chi

import (
	"context"
	"net/http"
)

type Middlewares []func(http.Handler) http.Handler
type Route struct {
	SubRoutes Routes
	Handlers  map[string]http.Handler
	Pattern   string
}
type Routes interface {
	Routes() []Route
	Middlewares() Middlewares
	Match(*Context, string, string) bool
}
type Router interface {
	http.Handler
	Routes
	Use(...func(http.Handler) http.Handler)
	With(...func(http.Handler) http.Handler) Router
	Group(func(Router)) Router
	Route(string, func(Router)) Router
	Mount(string, http.Handler)
	Handle(string, http.Handler)
	HandleFunc(string, http.HandlerFunc)
	Connect(string, http.HandlerFunc)
	Delete(string, http.HandlerFunc)
	Get(string, http.HandlerFunc)
	Head(string, http.HandlerFunc)
	Options(string, http.HandlerFunc)
	Patch(string, http.HandlerFunc)
	Post(string, http.HandlerFunc)
	Put(string, http.HandlerFunc)
	Trace(string, http.HandlerFunc)
	Method(string, string, http.Handler)
	MethodFunc(string, string, http.HandlerFunc)
	NotFound(http.HandlerFunc)
	MethodNotAllowed(http.HandlerFunc)
}
type Mux struct{}

func NewMux() *Mux
func NewRouter() *Mux
func (*Mux) ServeHTTP(http.ResponseWriter, *http.Request)
func (*Mux) Use(...func(http.Handler) http.Handler)
func (*Mux) With(...func(http.Handler) http.Handler) Router
func (*Mux) Group(func(Router)) Router
func (*Mux) Route(string, func(Router)) Router
func (*Mux) Mount(string, http.Handler)
func (*Mux) Handle(string, http.Handler)
func (*Mux) HandleFunc(string, http.HandlerFunc)
func (*Mux) Connect(string, http.HandlerFunc)
func (*Mux) Delete(string, http.HandlerFunc)
func (*Mux) Get(string, http.HandlerFunc)
func (*Mux) Head(string, http.HandlerFunc)
func (*Mux) Options(string, http.HandlerFunc)
func (*Mux) Patch(string, http.HandlerFunc)
func (*Mux) Post(string, http.HandlerFunc)
func (*Mux) Put(string, http.HandlerFunc)
func (*Mux) Trace(string, http.HandlerFunc)
func (*Mux) Method(string, string, http.Handler)
func (*Mux) MethodFunc(string, string, http.HandlerFunc)
func (*Mux) NotFound(http.HandlerFunc)
func (*Mux) MethodNotAllowed(http.HandlerFunc)
func (*Mux) Routes() []Route
func (*Mux) Middlewares() Middlewares
func (*Mux) Match(*Context, string, string) bool

type RouteParams struct {
	Keys, Values []string
}
type Context struct {
	Routes                 Routes
	RoutePath, RouteMethod string
	URLParams              RouteParams
	RoutePatterns          []string
}

func NewRouteContext() *Context
func RouteContext(context.Context) *Context
func (*Context) Reset()
func (*Context) URLParam(string) string
func (*Context) RoutePattern() string
func URLParam(*http.Request, string) string
func URLParamFromCtx(context.Context, string) string
func Chain(...func(http.Handler) http.Handler) Middlewares
func (Middlewares) Handler(http.Handler) http.Handler
func (Middlewares) HandlerFunc(http.HandlerFunc) http.Handler

type WalkFunc func(string, string, http.Handler, ...func(http.Handler) http.Handler) error

func Walk(Routes, WalkFunc) error
