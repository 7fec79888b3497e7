//glc:package github.com/gofiber/fiber/v2
package fiber

import (
	"context"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"time"

	"github.com/valyala/fasthttp"
)

type Map map[string]interface{}
type Handler = func(*Ctx) error
type ErrorHandler = func(*Ctx, error) error
type Error struct {
	Code    int
	Message string
}

func NewError(int, ...string) *Error
func (*Error) Error() string

type Views interface {
	Load() error
	Render(io.Writer, string, interface{}, ...string) error
}
type Config struct {
	Prefork, StrictRouting, CaseSensitive, Immutable, UnescapePath, ETag          bool
	ServerHeader, AppName, ProxyHeader, Network                                   string
	BodyLimit, Concurrency, ReadBufferSize, WriteBufferSize                       int
	Views                                                                         Views
	ReadTimeout, WriteTimeout, IdleTimeout                                        time.Duration
	ErrorHandler                                                                  ErrorHandler
	DisableKeepalive, DisableStartupMessage, StreamRequestBody, ReduceMemoryUsage bool
	EnableTrustedProxyCheck                                                       bool
	TrustedProxies                                                                []string
}
type Cookie struct {
	Name, Value, Path, Domain, SameSite string
	MaxAge                              int
	Expires                             time.Time
	Secure, HTTPOnly, SessionOnly       bool
}
type Static struct {
	Compress, ByteRange, Browse, Download bool
	Index                                 string
	CacheDuration                         time.Duration
	MaxAge                                int
}
type Route struct {
	Method, Name, Path string
	Params             []string
	Handlers           []Handler
}
type Router interface {
	Use(...interface{}) Router
	Get(string, ...Handler) Router
	Head(string, ...Handler) Router
	Post(string, ...Handler) Router
	Put(string, ...Handler) Router
	Delete(string, ...Handler) Router
	Connect(string, ...Handler) Router
	Options(string, ...Handler) Router
	Trace(string, ...Handler) Router
	Patch(string, ...Handler) Router
	All(string, ...Handler) Router
	Add(string, string, ...Handler) Router
	Static(string, string, ...Static) Router
	Group(string, ...Handler) Router
	Route(string, func(Router), ...string) Router
	Mount(string, *App) Router
	Name(string) Router
}
type App struct{}

func New(...Config) *App
func (*App) Name(string) Router
func (*App) Use(...interface{}) Router
func (*App) Get(string, ...Handler) Router
func (*App) Head(string, ...Handler) Router
func (*App) Post(string, ...Handler) Router
func (*App) Put(string, ...Handler) Router
func (*App) Delete(string, ...Handler) Router
func (*App) Connect(string, ...Handler) Router
func (*App) Options(string, ...Handler) Router
func (*App) Trace(string, ...Handler) Router
func (*App) Patch(string, ...Handler) Router
func (*App) All(string, ...Handler) Router
func (*App) Add(string, string, ...Handler) Router
func (*App) Static(string, string, ...Static) Router
func (*App) Group(string, ...Handler) Router
func (*App) Route(string, func(Router), ...string) Router
func (*App) Mount(string, *App) Router
func (*App) Config() Config
func (*App) Shutdown() error
func (*App) ShutdownWithTimeout(time.Duration) error
func (*App) ShutdownWithContext(context.Context) error
func (*App) Server() *fasthttp.Server
func (*App) Test(*http.Request, ...int) (*http.Response, error)
func (*App) Listener(net.Listener) error
func (*App) Listen(string) error
func (*App) ListenTLS(string, string, string) error
func (*App) ListenMutualTLS(string, string, string, string) error

type Group struct {
	Prefix string
}

func (*Group) Use(...interface{}) Router
func (*Group) Get(string, ...Handler) Router
func (*Group) Head(string, ...Handler) Router
func (*Group) Post(string, ...Handler) Router
func (*Group) Put(string, ...Handler) Router
func (*Group) Delete(string, ...Handler) Router
func (*Group) Connect(string, ...Handler) Router
func (*Group) Options(string, ...Handler) Router
func (*Group) Trace(string, ...Handler) Router
func (*Group) Patch(string, ...Handler) Router
func (*Group) All(string, ...Handler) Router
func (*Group) Add(string, string, ...Handler) Router
func (*Group) Group(string, ...Handler) Router
func (*Group) Route(string, func(Router), ...string) Router
func (*Group) Mount(string, *App) Router

type Ctx struct{}

func (*Ctx) App() *App
func (*Ctx) Append(string, ...string)
func (*Ctx) Attachment(...string)
func (*Ctx) ClearCookie(...string)
func (*Ctx) Links(...string)
func (*Ctx) Vary(...string)
func (*Ctx) BaseURL() string
func (*Ctx) Hostname() string
func (*Ctx) IP() string
func (*Ctx) OriginalURL() string
func (*Ctx) Port() string
func (*Ctx) Protocol() string
func (*Ctx) String() string
func (*Ctx) Body() []byte
func (*Ctx) BodyRaw() []byte
func (*Ctx) BodyParser(interface{}) error
func (*Ctx) QueryParser(interface{}) error
func (*Ctx) ParamsParser(interface{}) error
func (*Ctx) ReqHeaderParser(interface{}) error
func (*Ctx) CookieParser(interface{}) error
func (*Ctx) Context() *fasthttp.RequestCtx
func (*Ctx) UserContext() context.Context
func (*Ctx) SetUserContext(context.Context)
func (*Ctx) Cookie(*Cookie)
func (*Ctx) Cookies(string, ...string) string
func (*Ctx) Get(string, ...string) string
func (*Ctx) GetRespHeader(string, ...string) string
func (*Ctx) FormValue(string, ...string) string
func (*Ctx) Params(string, ...string) string
func (*Ctx) Query(string, ...string) string
func (*Ctx) Download(string, ...string) error
func (*Ctx) Request() *fasthttp.Request
func (*Ctx) Response() *fasthttp.Response
func (*Ctx) FormFile(string) (*multipart.FileHeader, error)
func (*Ctx) MultipartForm() (*multipart.Form, error)
func (*Ctx) GetReqHeaders() map[string][]string
func (*Ctx) GetRespHeaders() map[string][]string
func (*Ctx) IPs() []string
func (*Ctx) Is(string) bool
func (*Ctx) JSON(interface{}, ...string) error
func (*Ctx) XML(interface{}) error
func (*Ctx) Locals(interface{}, ...interface{}) interface{}
func (*Ctx) Method(...string) string
func (*Ctx) Path(...string) string
func (*Ctx) Next() error
func (*Ctx) RestartRouting() error
func (*Ctx) AllParams() map[string]string
func (*Ctx) Queries() map[string]string
func (*Ctx) ParamsInt(string, ...int) (int, error)
func (*Ctx) QueryInt(string, ...int) int
func (*Ctx) QueryBool(string, ...bool) bool
func (*Ctx) QueryFloat(string, ...float64) float64
func (*Ctx) Redirect(string, ...int) error
func (*Ctx) Render(string, interface{}, ...string) error
func (*Ctx) Route() *Route
func (*Ctx) SaveFile(*multipart.FileHeader, string) error
func (*Ctx) Secure() bool
func (*Ctx) Fresh() bool
func (*Ctx) Stale() bool
func (*Ctx) XHR() bool
func (*Ctx) IsFromLocal() bool
func (*Ctx) Send([]byte) error
func (*Ctx) SendFile(string, ...bool) error
func (*Ctx) SendStatus(int) error
func (*Ctx) SendString(string) error
func (*Ctx) SendStream(io.Reader, ...int) error
func (*Ctx) Set(string, string)
func (*Ctx) Status(int) *Ctx
func (*Ctx) Type(string, ...string) *Ctx
func (*Ctx) Write([]byte) (int, error)
func (*Ctx) Writef(string, ...interface{}) (int, error)
func (*Ctx) WriteString(string) (int, error)
