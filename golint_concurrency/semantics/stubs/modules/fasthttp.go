//glc:package github.com/valyala/fasthttp
package fasthttp

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

type RequestHandler func(*RequestCtx)
type Args struct{}

func (*Args) Peek(string) []byte
func (*Args) Has(string) bool

type RequestHeader struct{}

func (*RequestHeader) Peek(string) []byte
func (*RequestHeader) Set(string, string)
func (*RequestHeader) Add(string, string)

type ResponseHeader struct{}

func (*ResponseHeader) Peek(string) []byte
func (*ResponseHeader) Set(string, string)
func (*ResponseHeader) Add(string, string)

type Request struct {
	Header        RequestHeader
	UseHostHeader bool
}

func (*Request) Body() []byte
func (*Request) SetBody([]byte)
func (*Request) SetRequestURI(string)
func (*Request) Reset()

type Response struct {
	Header                                     ResponseHeader
	ImmediateHeaderFlush, StreamBody, SkipBody bool
}

func (*Response) Body() []byte
func (*Response) SetBody([]byte)
func (*Response) StatusCode() int
func (*Response) SetStatusCode(int)
func (*Response) Reset()

type RequestCtx struct {
	Request  Request
	Response Response
}

func (*RequestCtx) Done() <-chan struct{}
func (*RequestCtx) Err() error
func (*RequestCtx) Deadline() (time.Time, bool)
func (*RequestCtx) Value(any) any
func (*RequestCtx) UserValue(any) any
func (*RequestCtx) SetUserValue(any, any)
func (*RequestCtx) Method() []byte
func (*RequestCtx) Path() []byte
func (*RequestCtx) Host() []byte
func (*RequestCtx) RequestURI() []byte
func (*RequestCtx) PostBody() []byte
func (*RequestCtx) QueryArgs() *Args
func (*RequestCtx) PostArgs() *Args
func (*RequestCtx) SetStatusCode(int)
func (*RequestCtx) SetContentType(string)
func (*RequestCtx) SetBodyString(string)
func (*RequestCtx) SetBody([]byte)
func (*RequestCtx) Error(string, int)
func (*RequestCtx) Write([]byte) (int, error)
func (*RequestCtx) WriteString(string) (int, error)
func (*RequestCtx) RemoteIP() net.IP
func (*RequestCtx) ID() uint64

type Server struct {
	Handler                                                                                             RequestHandler
	Name                                                                                                string
	Concurrency, ReadBufferSize, WriteBufferSize, MaxConnsPerIP, MaxRequestsPerConn, MaxRequestBodySize int
	ReadTimeout, WriteTimeout, IdleTimeout                                                              time.Duration
}

func (*Server) ListenAndServe(string) error
func (*Server) Serve(net.Listener) error
func (*Server) Shutdown() error
func (*Server) ShutdownWithContext(context.Context) error
func ListenAndServe(string, RequestHandler) error
func Serve(net.Listener, RequestHandler) error
func TimeoutHandler(RequestHandler, time.Duration, string) RequestHandler

type Client struct {
	Name                                                                                string
	MaxConnsPerHost                                                                     int
	MaxIdleConnDuration, MaxConnDuration, ReadTimeout, WriteTimeout, MaxConnWaitTimeout time.Duration
	TLSConfig                                                                           *tls.Config
}

func (*Client) Do(*Request, *Response) error
func (*Client) DoTimeout(*Request, *Response, time.Duration) error
func (*Client) DoDeadline(*Request, *Response, time.Time) error
func (*Client) Get([]byte, string) (int, []byte, error)
func (*Client) GetTimeout([]byte, string, time.Duration) (int, []byte, error)
func Do(*Request, *Response) error
func DoTimeout(*Request, *Response, time.Duration) error
func Get([]byte, string) (int, []byte, error)
func GetTimeout([]byte, string, time.Duration) (int, []byte, error)
func AcquireRequest() *Request
func ReleaseRequest(*Request)
func AcquireResponse() *Response
func ReleaseResponse(*Response)
