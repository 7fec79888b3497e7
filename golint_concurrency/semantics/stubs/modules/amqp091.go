//glc:package github.com/rabbitmq/amqp091-go
package amqp091

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

type Table map[string]interface{}
type Config struct {
	Vhost           string
	ChannelMax      uint16
	FrameSize       int
	Heartbeat       time.Duration
	TLSClientConfig *tls.Config
	Properties      Table
	Dial            func(string, string) (net.Conn, error)
}
type Error struct {
	Code            int
	Reason          string
	Server, Recover bool
}

func (*Error) Error() string

type Queue struct {
	Name                string
	Messages, Consumers int
}
type Publishing struct {
	Headers                                                                                          Table
	ContentType, ContentEncoding, CorrelationId, ReplyTo, Expiration, MessageId, Type, UserId, AppId string
	DeliveryMode, Priority                                                                           uint8
	Timestamp                                                                                        time.Time
	Body                                                                                             []byte
}
type Delivery struct {
	Headers                                                                           Table
	ContentType, CorrelationId, ReplyTo, MessageId, ConsumerTag, Exchange, RoutingKey string
	DeliveryTag                                                                       uint64
	Redelivered                                                                       bool
	Body                                                                              []byte
}

func (Delivery) Ack(bool) error
func (Delivery) Reject(bool) error
func (Delivery) Nack(bool, bool) error

type Confirmation struct {
	DeliveryTag uint64
	Ack         bool
}
type Return struct {
	ReplyCode                       uint16
	ReplyText, Exchange, RoutingKey string
}
type Connection struct {
	Config Config
}

func Dial(string) (*Connection, error)
func DialTLS(string, *tls.Config) (*Connection, error)
func DialConfig(string, Config) (*Connection, error)
func (*Connection) Channel() (*Channel, error)
func (*Connection) Close() error
func (*Connection) IsClosed() bool
func (*Connection) NotifyClose(chan *Error) chan *Error

type Channel struct{}

func (*Channel) Close() error
func (*Channel) IsClosed() bool
func (*Channel) NotifyClose(chan *Error) chan *Error
func (*Channel) NotifyPublish(chan Confirmation) chan Confirmation
func (*Channel) NotifyReturn(chan Return) chan Return
func (*Channel) Confirm(bool) error
func (*Channel) Qos(int, int, bool) error
func (*Channel) QueueDeclare(string, bool, bool, bool, bool, Table) (Queue, error)
func (*Channel) QueueBind(string, string, string, bool, Table) error
func (*Channel) ExchangeDeclare(string, string, bool, bool, bool, bool, Table) error
func (*Channel) Consume(string, string, bool, bool, bool, bool, Table) (<-chan Delivery, error)
func (*Channel) ConsumeWithContext(context.Context, string, string, bool, bool, bool, bool, Table) (<-chan Delivery, error)
func (*Channel) Publish(string, string, bool, bool, Publishing) error
func (*Channel) PublishWithContext(context.Context, string, string, bool, bool, Publishing) error
func (*Channel) Get(string, bool) (Delivery, bool, error)
func (*Channel) Ack(uint64, bool) error
func (*Channel) Reject(uint64, bool) error
func (*Channel) Nack(uint64, bool, bool) error
func (*Channel) Tx() error
func (*Channel) TxCommit() error
func (*Channel) TxRollback() error
