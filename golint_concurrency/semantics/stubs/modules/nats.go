//glc:package github.com/nats-io/nats.go
package nats

import (
	"context"
	"time"
)

type Option func(*Options) error
type Options struct {
	Url, Name                                                          string
	Servers                                                            []string
	AllowReconnect, RetryOnFailedConnect                               bool
	MaxReconnect                                                       int
	ReconnectWait, Timeout, DrainTimeout, FlusherTimeout, PingInterval time.Duration
}
type Header map[string][]string
type Msg struct {
	Subject, Reply string
	Header         Header
	Data           []byte
	Sub            *Subscription
}

func NewMsg(string) *Msg
func (*Msg) Respond([]byte) error

type MsgHandler func(*Msg)
type Subscription struct {
	Subject, Queue string
}

func (*Subscription) Unsubscribe() error
func (*Subscription) Drain() error
func (*Subscription) AutoUnsubscribe(int) error
func (*Subscription) NextMsg(time.Duration) (*Msg, error)
func (*Subscription) NextMsgWithContext(context.Context) (*Msg, error)
func (*Subscription) IsValid() bool

type Statistics struct {
	InMsgs, OutMsgs, InBytes, OutBytes, Reconnects uint64
}
type Conn struct {
	Statistics
	Opts Options
}

func Connect(string, ...Option) (*Conn, error)
func (*Conn) Publish(string, []byte) error
func (*Conn) PublishMsg(*Msg) error
func (*Conn) PublishRequest(string, string, []byte) error
func (*Conn) Request(string, []byte, time.Duration) (*Msg, error)
func (*Conn) RequestWithContext(context.Context, string, []byte) (*Msg, error)
func (*Conn) RequestMsgWithContext(context.Context, *Msg) (*Msg, error)
func (*Conn) Subscribe(string, MsgHandler) (*Subscription, error)
func (*Conn) QueueSubscribe(string, string, MsgHandler) (*Subscription, error)
func (*Conn) SubscribeSync(string) (*Subscription, error)
func (*Conn) ChanSubscribe(string, chan *Msg) (*Subscription, error)
func (*Conn) Flush() error
func (*Conn) FlushWithContext(context.Context) error
func (*Conn) FlushTimeout(time.Duration) error
func (*Conn) Drain() error
func (*Conn) Close()
func (*Conn) IsClosed() bool
func (*Conn) IsConnected() bool
func Name(string) Option
func Timeout(time.Duration) Option
func ReconnectWait(time.Duration) Option
func DrainTimeout(time.Duration) Option
func MaxReconnects(int) Option
