//glc:package github.com/gorilla/mux
package mux

import (
	"net/http"
	"net/url"
)

type MiddlewareFunc func(http.Handler) http.Handler
type MatcherFunc func(*http.Request, *RouteMatch) bool
type WalkFunc func(*Route, *Router, []*Route) error
type RouteMatch struct {
	Route    *Route
	Handler  http.Handler
	Vars     map[string]string
	MatchErr error
}
type Router struct {
	NotFoundHandler, MethodNotAllowedHandler http.Handler
	KeepContext                              bool
}

func NewRouter() *Router
func (*Router) Use(...MiddlewareFunc)
func (*Router) Match(*http.Request, *RouteMatch) bool
func (*Router) ServeHTTP(http.ResponseWriter, *http.Request)
func (*Router) Get(string) *Route
func (*Router) GetRoute(string) *Route
func (*Router) Name(string) *Route
func (*Router) Host(string) *Route
func (*Router) Path(string) *Route
func (*Router) PathPrefix(string) *Route
func (*Router) StrictSlash(bool) *Router
func (*Router) SkipClean(bool) *Router
func (*Router) UseEncodedPath() *Router
func (*Router) NewRoute() *Route
func (*Router) Handle(string, http.Handler) *Route
func (*Router) HandleFunc(string, func(http.ResponseWriter, *http.Request)) *Route
func (*Router) Headers(...string) *Route
func (*Router) Methods(...string) *Route
func (*Router) Queries(...string) *Route
func (*Router) Schemes(...string) *Route
func (*Router) MatcherFunc(MatcherFunc) *Route
func (*Router) Walk(WalkFunc) error

type Route struct{}

func (*Route) Handler(http.Handler) *Route
func (*Route) HandlerFunc(func(http.ResponseWriter, *http.Request)) *Route
func (*Route) GetHandler() http.Handler
func (*Route) Name(string) *Route
func (*Route) Host(string) *Route
func (*Route) Path(string) *Route
func (*Route) PathPrefix(string) *Route
func (*Route) Headers(...string) *Route
func (*Route) HeadersRegexp(...string) *Route
func (*Route) Methods(...string) *Route
func (*Route) Queries(...string) *Route
func (*Route) Schemes(...string) *Route
func (*Route) MatcherFunc(MatcherFunc) *Route
func (*Route) Subrouter() *Router
func (*Route) URL(...string) (*url.URL, error)
func (*Route) URLPath(...string) (*url.URL, error)
func (*Route) GetPathTemplate() (string, error)
func (*Route) GetPathRegexp() (string, error)
func (*Route) GetHostTemplate() (string, error)
func (*Route) GetName() string
func (*Route) GetError() error
func Vars(*http.Request) map[string]string
func SetURLVars(*http.Request, map[string]string) *http.Request
func CurrentRoute(*http.Request) *Route
