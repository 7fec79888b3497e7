//glc:package github.com/gin-gonic/gin
package gin

import (
	"html/template"
	"io"
	"io/fs"
	"mime/multipart"
	"net"
	"net/http"
	"time"
)

const (
	DebugMode   = "debug"
	ReleaseMode = "release"
	TestMode    = "test"
)

type H map[string]any
type HandlerFunc func(*Context)
type HandlersChain []HandlerFunc
type OptionFunc func(*Engine)
type RecoveryFunc func(*Context, any)
type Accounts map[string]string
type ErrorType uint64
type Error struct {
	Err  error
	Type ErrorType
	Meta any
}

func (Error) Error() string
func (Error) Unwrap() error

type Param struct {
	Key, Value string
}
type Params []Param

func (Params) Get(string) (string, bool)
func (Params) ByName(string) string

type ResponseWriter interface {
	http.ResponseWriter
	http.Hijacker
	http.Flusher
	http.CloseNotifier
	Status() int
	Size() int
	WriteString(string) (int, error)
	Written() bool
	WriteHeaderNow()
	Pusher() http.Pusher
}
type IRoutes interface {
	Use(...HandlerFunc) IRoutes
	Handle(string, string, ...HandlerFunc) IRoutes
	Any(string, ...HandlerFunc) IRoutes
	GET(string, ...HandlerFunc) IRoutes
	POST(string, ...HandlerFunc) IRoutes
	DELETE(string, ...HandlerFunc) IRoutes
	PATCH(string, ...HandlerFunc) IRoutes
	PUT(string, ...HandlerFunc) IRoutes
	OPTIONS(string, ...HandlerFunc) IRoutes
	HEAD(string, ...HandlerFunc) IRoutes
	Match([]string, string, ...HandlerFunc) IRoutes
	StaticFile(string, string) IRoutes
	Static(string, string) IRoutes
	StaticFS(string, http.FileSystem) IRoutes
}
type IRouter interface {
	IRoutes
	Group(string, ...HandlerFunc) *RouterGroup
}
type RouterGroup struct {
	Handlers HandlersChain
}

func (*RouterGroup) Use(...HandlerFunc) IRoutes
func (*RouterGroup) Group(string, ...HandlerFunc) *RouterGroup
func (*RouterGroup) BasePath() string
func (*RouterGroup) Handle(string, string, ...HandlerFunc) IRoutes
func (*RouterGroup) Any(string, ...HandlerFunc) IRoutes
func (*RouterGroup) GET(string, ...HandlerFunc) IRoutes
func (*RouterGroup) POST(string, ...HandlerFunc) IRoutes
func (*RouterGroup) DELETE(string, ...HandlerFunc) IRoutes
func (*RouterGroup) PATCH(string, ...HandlerFunc) IRoutes
func (*RouterGroup) PUT(string, ...HandlerFunc) IRoutes
func (*RouterGroup) OPTIONS(string, ...HandlerFunc) IRoutes
func (*RouterGroup) HEAD(string, ...HandlerFunc) IRoutes
func (*RouterGroup) Match([]string, string, ...HandlerFunc) IRoutes
func (*RouterGroup) StaticFile(string, string) IRoutes
func (*RouterGroup) Static(string, string) IRoutes
func (*RouterGroup) StaticFS(string, http.FileSystem) IRoutes

type RouteInfo struct {
	Method, Path, Handler string
	HandlerFunc           HandlerFunc
}
type RoutesInfo []RouteInfo
type Engine struct {
	RouterGroup
	RedirectTrailingSlash, RedirectFixedPath, HandleMethodNotAllowed, ForwardedByClientIP bool
	UseRawPath, UnescapePathValues, RemoveExtraSlash, UseH2C, ContextWithFallback         bool
	RemoteIPHeaders                                                                       []string
	TrustedPlatform                                                                       string
	MaxMultipartMemory                                                                    int64
	FuncMap                                                                               template.FuncMap
}

func New(...OptionFunc) *Engine
func Default(...OptionFunc) *Engine
func (*Engine) Handler() http.Handler
func (*Engine) LoadHTMLGlob(string)
func (*Engine) LoadHTMLFiles(...string)
func (*Engine) SetHTMLTemplate(*template.Template)
func (*Engine) SetFuncMap(template.FuncMap)
func (*Engine) NoRoute(...HandlerFunc)
func (*Engine) NoMethod(...HandlerFunc)
func (*Engine) Use(...HandlerFunc) IRoutes
func (*Engine) With(...OptionFunc) *Engine
func (*Engine) Routes() RoutesInfo
func (*Engine) SetTrustedProxies([]string) error
func (*Engine) Run(...string) error
func (*Engine) RunTLS(string, string, string) error
func (*Engine) RunUnix(string) error
func (*Engine) RunFd(int) error
func (*Engine) RunListener(net.Listener) error
func (*Engine) ServeHTTP(http.ResponseWriter, *http.Request)
func (*Engine) HandleContext(*Context)

type Context struct {
	Request  *http.Request
	Writer   ResponseWriter
	Params   Params
	Keys     map[any]any
	Accepted []string
}

func (*Context) Copy() *Context
func (*Context) HandlerName() string
func (*Context) FullPath() string
func (*Context) ClientIP() string
func (*Context) RemoteIP() string
func (*Context) ContentType() string
func (*Context) Handler() HandlerFunc
func (*Context) Next()
func (*Context) Abort()
func (*Context) IsAborted() bool
func (*Context) IsWebsocket() bool
func (*Context) AbortWithStatus(int)
func (*Context) Status(int)
func (*Context) AbortWithStatusJSON(int, any)
func (*Context) AbortWithError(int, error) *Error
func (*Context) Error(error) *Error
func (*Context) Set(any, any)
func (*Context) Get(any) (any, bool)
func (*Context) MustGet(any) any
func (*Context) Value(any) any
func (*Context) GetString(any) string
func (*Context) GetBool(any) bool
func (*Context) GetInt(any) int
func (*Context) GetInt64(any) int64
func (*Context) GetUint(any) uint
func (*Context) GetUint64(any) uint64
func (*Context) GetFloat64(any) float64
func (*Context) GetTime(any) time.Time
func (*Context) GetDuration(any) time.Duration
func (*Context) GetStringSlice(any) []string
func (*Context) GetStringMap(any) map[string]any
func (*Context) GetStringMapString(any) map[string]string
func (*Context) Param(string) string
func (*Context) Query(string) string
func (*Context) PostForm(string) string
func (*Context) GetHeader(string) string
func (*Context) DefaultQuery(string, string) string
func (*Context) DefaultPostForm(string, string) string
func (*Context) GetQuery(string) (string, bool)
func (*Context) GetPostForm(string) (string, bool)
func (*Context) QueryArray(string) []string
func (*Context) PostFormArray(string) []string
func (*Context) GetQueryArray(string) ([]string, bool)
func (*Context) GetPostFormArray(string) ([]string, bool)
func (*Context) QueryMap(string) map[string]string
func (*Context) PostFormMap(string) map[string]string
func (*Context) FormFile(string) (*multipart.FileHeader, error)
func (*Context) MultipartForm() (*multipart.Form, error)
func (*Context) SaveUploadedFile(*multipart.FileHeader, string, ...fs.FileMode) error
func (*Context) Bind(any) error
func (*Context) BindJSON(any) error
func (*Context) BindXML(any) error
func (*Context) BindYAML(any) error
func (*Context) BindTOML(any) error
func (*Context) BindQuery(any) error
func (*Context) BindHeader(any) error
func (*Context) BindUri(any) error
func (*Context) ShouldBind(any) error
func (*Context) ShouldBindJSON(any) error
func (*Context) ShouldBindXML(any) error
func (*Context) ShouldBindYAML(any) error
func (*Context) ShouldBindTOML(any) error
func (*Context) ShouldBindBodyWithJSON(any) error
func (*Context) ShouldBindBodyWithXML(any) error
func (*Context) ShouldBindBodyWithYAML(any) error
func (*Context) ShouldBindBodyWithTOML(any) error
func (*Context) ShouldBindQuery(any) error
func (*Context) ShouldBindHeader(any) error
func (*Context) ShouldBindUri(any) error
func (*Context) Header(string, string)
func (*Context) GetRawData() ([]byte, error)
func (*Context) SetSameSite(http.SameSite)
func (*Context) SetCookie(string, string, int, string, string, bool, bool)
func (*Context) Cookie(string) (string, error)
func (*Context) HTML(int, string, any)
func (*Context) JSON(int, any)
func (*Context) IndentedJSON(int, any)
func (*Context) SecureJSON(int, any)
func (*Context) JSONP(int, any)
func (*Context) AsciiJSON(int, any)
func (*Context) PureJSON(int, any)
func (*Context) XML(int, any)
func (*Context) YAML(int, any)
func (*Context) TOML(int, any)
func (*Context) ProtoBuf(int, any)
func (*Context) String(int, string, ...any)
func (*Context) Redirect(int, string)
func (*Context) Data(int, string, []byte)
func (*Context) DataFromReader(int, int64, string, io.Reader, map[string]string)
func (*Context) File(string)
func (*Context) FileFromFS(string, http.FileSystem)
func (*Context) FileAttachment(string, string)
func (*Context) SSEvent(string, any)
func (*Context) Stream(func(io.Writer) bool) bool
func (*Context) NegotiateFormat(...string) string
func (*Context) Deadline() (time.Time, bool)
func (*Context) Done() <-chan struct{}
func (*Context) Err() error
func SetMode(string)
func Mode() string
func IsDebugging() bool
func BasicAuth(Accounts) HandlerFunc
func Logger() HandlerFunc
func Recovery() HandlerFunc
func ErrorLogger() HandlerFunc
func LoggerWithWriter(io.Writer, ...string) HandlerFunc
func CustomRecovery(RecoveryFunc) HandlerFunc
func RecoveryWithWriter(io.Writer, ...RecoveryFunc) HandlerFunc
func CustomRecoveryWithWriter(io.Writer, RecoveryFunc) HandlerFunc
func WrapF(http.HandlerFunc) HandlerFunc
func WrapH(http.Handler) HandlerFunc
func Dir(string, bool) http.FileSystem
func CreateTestContext(http.ResponseWriter) (*Context, *Engine)
func CreateTestContextOnly(http.ResponseWriter, *Engine) *Context

var DefaultWriter, DefaultErrorWriter io.Writer
