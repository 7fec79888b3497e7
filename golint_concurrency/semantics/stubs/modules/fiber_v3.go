//glc:package github.com/gofiber/fiber/v3
package fiber

import (
	"bufio"
	"context"
	"io"
	"mime/multipart"
	"net"
	"time"

	"github.com/valyala/fasthttp"
)

type Map map[string]any
type Handler = func(Ctx) error
type ErrorHandler = func(Ctx, error) error
type Config struct {
	ServerHeader, AppName, ProxyHeader                                string
	BodyLimit, Concurrency, ReadBufferSize, WriteBufferSize           int
	ReadTimeout, WriteTimeout, IdleTimeout                            time.Duration
	ErrorHandler                                                      ErrorHandler
	DisableKeepalive, StreamRequestBody, ReduceMemoryUsage, Immutable bool
}
type ListenConfig struct {
	GracefulContext                      context.Context
	ShutdownTimeout                      time.Duration
	CertFile, CertKeyFile                string
	EnablePrefork, DisableStartupMessage bool
}
type Router interface {
	Use(...any) Router
	Get(string, any, ...any) Router
	Head(string, any, ...any) Router
	Post(string, any, ...any) Router
	Put(string, any, ...any) Router
	Delete(string, any, ...any) Router
	Connect(string, any, ...any) Router
	Options(string, any, ...any) Router
	Trace(string, any, ...any) Router
	Patch(string, any, ...any) Router
	All(string, any, ...any) Router
	Add([]string, string, any, ...any) Router
	Group(string, ...any) Router
	Route(string, func(Router), ...string) Router
	Name(string) Router
}
type App struct{}

func New(...Config) *App
func (*App) Use(...any) Router
func (*App) Get(string, any, ...any) Router
func (*App) Head(string, any, ...any) Router
func (*App) Post(string, any, ...any) Router
func (*App) Put(string, any, ...any) Router
func (*App) Delete(string, any, ...any) Router
func (*App) Connect(string, any, ...any) Router
func (*App) Options(string, any, ...any) Router
func (*App) Trace(string, any, ...any) Router
func (*App) Patch(string, any, ...any) Router
func (*App) All(string, any, ...any) Router
func (*App) Add([]string, string, any, ...any) Router
func (*App) Group(string, ...any) Router
func (*App) Route(string, func(Router), ...string) Router
func (*App) Shutdown() error
func (*App) ShutdownWithTimeout(time.Duration) error
func (*App) ShutdownWithContext(context.Context) error
func (*App) Listen(string, ...ListenConfig) error
func (*App) Listener(net.Listener, ...ListenConfig) error

type Group struct {
	Prefix string
}

func (*Group) Use(...any) Router
func (*Group) Get(string, any, ...any) Router
func (*Group) Head(string, any, ...any) Router
func (*Group) Post(string, any, ...any) Router
func (*Group) Put(string, any, ...any) Router
func (*Group) Delete(string, any, ...any) Router
func (*Group) Connect(string, any, ...any) Router
func (*Group) Options(string, any, ...any) Router
func (*Group) Trace(string, any, ...any) Router
func (*Group) Patch(string, any, ...any) Router
func (*Group) All(string, any, ...any) Router
func (*Group) Add([]string, string, any, ...any) Router
func (*Group) Group(string, ...any) Router

type Ctx interface {
	App() *App
	Body() []byte
	BodyRaw() []byte
	BaseURL() string
	Hostname() string
	IP() string
	OriginalURL() string
	Protocol() string
	String() string
	Context() context.Context
	SetContext(context.Context)
	RequestCtx() *fasthttp.RequestCtx
	Cookies(string, ...string) string
	Get(string, ...string) string
	FormValue(string, ...string) string
	Params(string, ...string) string
	Query(string, ...string) string
	Deadline() (time.Time, bool)
	Done() <-chan struct{}
	Err() error
	Next() error
	FormFile(string) (*multipart.FileHeader, error)
	JSON(any, ...string) error
	XML(any) error
	Locals(any, ...any) any
	Method(...string) string
	Path(...string) string
	Queries() map[string]string
	Render(string, any, ...string) error
	SaveFile(*multipart.FileHeader, string) error
	Send([]byte) error
	SendStatus(int) error
	SendString(string) error
	SendStream(io.Reader, ...int) error
	SendStreamWriter(func(*bufio.Writer)) error
	Set(string, string)
	Status(int) Ctx
	Value(any) any
	Write([]byte) (int, error)
	WriteString(string) (int, error)
}
