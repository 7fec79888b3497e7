//glc:package github.com/gorilla/websocket
package websocket

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	TextMessage   = 1
	BinaryMessage = 2
	CloseMessage  = 8
	PingMessage   = 9
	PongMessage   = 10
)

type CloseError struct {
	Code int
	Text string
}

func (*CloseError) Error() string

type BufferPool interface {
	Get() interface{}
	Put(interface{})
}
type Conn struct{}

func (*Conn) Subprotocol() string
func (*Conn) Close() error
func (*Conn) LocalAddr() net.Addr
func (*Conn) RemoteAddr() net.Addr
func (*Conn) WriteControl(int, []byte, time.Time) error
func (*Conn) NextWriter(int) (io.WriteCloser, error)
func (*Conn) WriteMessage(int, []byte) error
func (*Conn) WritePreparedMessage(*PreparedMessage) error
func (*Conn) WriteJSON(interface{}) error
func (*Conn) ReadJSON(interface{}) error
func (*Conn) NextReader() (int, io.Reader, error)
func (*Conn) ReadMessage() (int, []byte, error)
func (*Conn) SetReadDeadline(time.Time) error
func (*Conn) SetWriteDeadline(time.Time) error
func (*Conn) SetReadLimit(int64)
func (*Conn) SetCloseHandler(func(int, string) error)
func (*Conn) SetPingHandler(func(string) error)
func (*Conn) SetPongHandler(func(string) error)
func (*Conn) NetConn() net.Conn
func (*Conn) UnderlyingConn() net.Conn

type PreparedMessage struct{}

func NewPreparedMessage(int, []byte) (*PreparedMessage, error)

type Dialer struct {
	NetDial                           func(string, string) (net.Conn, error)
	NetDialContext, NetDialTLSContext func(context.Context, string, string) (net.Conn, error)
	Proxy                             func(*http.Request) (*url.URL, error)
	TLSClientConfig                   *tls.Config
	HandshakeTimeout                  time.Duration
	ReadBufferSize, WriteBufferSize   int
	WriteBufferPool                   BufferPool
	Subprotocols                      []string
	EnableCompression                 bool
	Jar                               http.CookieJar
}

func (*Dialer) Dial(string, http.Header) (*Conn, *http.Response, error)
func (*Dialer) DialContext(context.Context, string, http.Header) (*Conn, *http.Response, error)

var DefaultDialer *Dialer

type Upgrader struct {
	HandshakeTimeout                time.Duration
	ReadBufferSize, WriteBufferSize int
	WriteBufferPool                 BufferPool
	Subprotocols                    []string
	Error                           func(http.ResponseWriter, *http.Request, int, error)
	CheckOrigin                     func(*http.Request) bool
	EnableCompression               bool
}

func (*Upgrader) Upgrade(http.ResponseWriter, *http.Request, http.Header) (*Conn, error)
func Upgrade(http.ResponseWriter, *http.Request, http.Header, int, int) (*Conn, error)
func FormatCloseMessage(int, string) []byte
func IsCloseError(error, ...int) bool
func IsUnexpectedCloseError(error, ...int) bool
func IsWebSocketUpgrade(*http.Request) bool
func ReadJSON(*Conn, interface{}) error
func WriteJSON(*Conn, interface{}) error
