//glc:package github.com/julienschmidt/httprouter
package httprouter

import (
	"context"
	"net/http"
)

type Handle func(http.ResponseWriter, *http.Request, Params)
type Param struct {
	Key, Value string
}
type Params []Param

func (Params) ByName(string) string

type Router struct {
	RedirectTrailingSlash, RedirectFixedPath, HandleMethodNotAllowed, HandleOPTIONS bool
	NotFound, MethodNotAllowed                                                      http.Handler
	PanicHandler                                                                    func(http.ResponseWriter, *http.Request, interface{})
}

func New() *Router
func ParamsFromContext(context.Context) Params
func (*Router) GET(string, Handle)
func (*Router) HEAD(string, Handle)
func (*Router) OPTIONS(string, Handle)
func (*Router) POST(string, Handle)
func (*Router) PUT(string, Handle)
func (*Router) PATCH(string, Handle)
func (*Router) DELETE(string, Handle)
func (*Router) Handle(string, string, Handle)
func (*Router) Handler(string, string, http.Handler)
func (*Router) HandlerFunc(string, string, http.HandlerFunc)
func (*Router) ServeFiles(string, http.FileSystem)
func (*Router) ServeHTTP(http.ResponseWriter, *http.Request)
