//glc:package github.com/labstack/echo/v4
package echo

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"log"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
)

type Map map[string]interface{}
type HandlerFunc func(Context) error
type MiddlewareFunc func(HandlerFunc) HandlerFunc
type HTTPErrorHandler func(error, Context)
type HTTPError struct {
	Internal error
	Message  interface{}
	Code     int
}

func NewHTTPError(int, ...interface{}) *HTTPError
func (*HTTPError) Error() string
func (*HTTPError) SetInternal(error) *HTTPError
func (*HTTPError) WithInternal(error) *HTTPError
func (*HTTPError) Unwrap() error

type Binder interface {
	Bind(interface{}, Context) error
}
type Validator interface {
	Validate(interface{}) error
}
type Renderer interface {
	Render(io.Writer, string, interface{}, Context) error
}
type Logger interface {
	Output() io.Writer
	SetOutput(io.Writer)
	Prefix() string
	SetPrefix(string)
	SetHeader(string)
	Print(...interface{})
	Debug(...interface{})
	Info(...interface{})
	Warn(...interface{})
	Error(...interface{})
	Printf(string, ...interface{})
	Debugf(string, ...interface{})
	Infof(string, ...interface{})
	Warnf(string, ...interface{})
	Errorf(string, ...interface{})
	Fatal(...interface{})
	Fatalf(string, ...interface{})
	Panic(...interface{})
	Panicf(string, ...interface{})
}
type Response struct {
	Writer    http.ResponseWriter
	Status    int
	Size      int64
	Committed bool
}

func (*Response) Header() http.Header
func (*Response) Before(func())
func (*Response) After(func())
func (*Response) WriteHeader(int)
func (*Response) Write([]byte) (int, error)
func (*Response) Flush()
func (*Response) Hijack() (net.Conn, *bufio.ReadWriter, error)
func (*Response) Unwrap() http.ResponseWriter

type Route struct {
	Method, Path, Name string
}
type Router struct{}

func (*Router) Routes() []*Route
func (*Router) Add(string, string, HandlerFunc)

type Context interface {
	Request() *http.Request
	SetRequest(*http.Request)
	SetResponse(*Response)
	Response() *Response
	IsTLS() bool
	IsWebSocket() bool
	Scheme() string
	RealIP() string
	Path() string
	QueryString() string
	SetPath(string)
	Param(string) string
	QueryParam(string) string
	FormValue(string) string
	ParamNames() []string
	ParamValues() []string
	SetParamNames(...string)
	SetParamValues(...string)
	QueryParams() url.Values
	FormParams() (url.Values, error)
	FormFile(string) (*multipart.FileHeader, error)
	MultipartForm() (*multipart.Form, error)
	Cookie(string) (*http.Cookie, error)
	SetCookie(*http.Cookie)
	Cookies() []*http.Cookie
	Get(string) interface{}
	Set(string, interface{})
	Bind(interface{}) error
	Validate(interface{}) error
	Render(int, string, interface{}) error
	HTML(int, string) error
	String(int, string) error
	HTMLBlob(int, []byte) error
	JSONBlob(int, []byte) error
	XMLBlob(int, []byte) error
	JSON(int, interface{}) error
	XML(int, interface{}) error
	JSONPretty(int, interface{}, string) error
	XMLPretty(int, interface{}, string) error
	JSONP(int, string, interface{}) error
	Blob(int, string, []byte) error
	Stream(int, string, io.Reader) error
	File(string) error
	Attachment(string, string) error
	Inline(string, string) error
	NoContent(int) error
	Redirect(int, string) error
	Error(error)
	Handler() HandlerFunc
	SetHandler(HandlerFunc)
	Logger() Logger
	SetLogger(Logger)
	Echo() *Echo
	Reset(*http.Request, http.ResponseWriter)
}
type Echo struct {
	StdLogger                                 *log.Logger
	Server, TLSServer                         *http.Server
	Listener, TLSListener                     net.Listener
	HTTPErrorHandler                          HTTPErrorHandler
	Binder                                    Binder
	Validator                                 Validator
	Renderer                                  Renderer
	Logger                                    Logger
	ListenerNetwork                           string
	DisableHTTP2, Debug, HideBanner, HidePort bool
}

func New() *Echo
func (*Echo) NewContext(*http.Request, http.ResponseWriter) Context
func (*Echo) Router() *Router
func (*Echo) DefaultHTTPErrorHandler(error, Context)
func (*Echo) Pre(...MiddlewareFunc)
func (*Echo) Use(...MiddlewareFunc)
func (*Echo) CONNECT(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) DELETE(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) GET(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) HEAD(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) OPTIONS(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) PATCH(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) POST(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) PUT(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) TRACE(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) RouteNotFound(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) Any(string, HandlerFunc, ...MiddlewareFunc) []*Route
func (*Echo) Match([]string, string, HandlerFunc, ...MiddlewareFunc) []*Route
func (*Echo) File(string, string, ...MiddlewareFunc) *Route
func (*Echo) Static(string, string) *Route
func (*Echo) StaticFS(string, fs.FS) *Route
func (*Echo) Add(string, string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Echo) Host(string, ...MiddlewareFunc) *Group
func (*Echo) Group(string, ...MiddlewareFunc) *Group
func (*Echo) Reverse(string, ...interface{}) string
func (*Echo) Routes() []*Route
func (*Echo) AcquireContext() Context
func (*Echo) ReleaseContext(Context)
func (*Echo) ServeHTTP(http.ResponseWriter, *http.Request)
func (*Echo) Start(string) error
func (*Echo) StartAutoTLS(string) error
func (*Echo) StartTLS(string, interface{}, interface{}) error
func (*Echo) StartServer(*http.Server) error
func (*Echo) ListenerAddr() net.Addr
func (*Echo) Close() error
func (*Echo) Shutdown(context.Context) error

type Group struct{}

func (*Group) Use(...MiddlewareFunc)
func (*Group) CONNECT(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) DELETE(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) GET(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) HEAD(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) OPTIONS(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) PATCH(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) POST(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) PUT(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) TRACE(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) RouteNotFound(string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) Any(string, HandlerFunc, ...MiddlewareFunc) []*Route
func (*Group) Match([]string, string, HandlerFunc, ...MiddlewareFunc) []*Route
func (*Group) Add(string, string, HandlerFunc, ...MiddlewareFunc) *Route
func (*Group) Group(string, ...MiddlewareFunc) *Group
func (*Group) File(string, string)
func (*Group) Static(string, string)
func WrapHandler(http.Handler) HandlerFunc
func WrapMiddleware(func(http.Handler) http.Handler) MiddlewareFunc
