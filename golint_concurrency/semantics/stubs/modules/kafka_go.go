//glc:package github.com/segmentio/kafka-go
package kafka

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"github.com/segmentio/kafka-go/compress"
	"github.com/segmentio/kafka-go/protocol"
)

type Message struct {
	Topic                 string
	Partition             int
	Offset, HighWaterMark int64
	Key, Value            []byte
	Headers               []protocol.Header
	WriterData            interface{}
	Time                  time.Time
}
type Header = protocol.Header
type RequiredAcks int
type Balancer interface {
	Balance(Message, ...int) int
}
type LeastBytes struct{}

func (*LeastBytes) Balance(Message, ...int) int

type Hash struct{}

func (*Hash) Balance(Message, ...int) int

type RoundTripper interface {
	RoundTrip(context.Context, net.Addr, Request) (Response, error)
}
type Dialer struct {
	ClientID  string
	Timeout   time.Duration
	Deadline  time.Time
	DualStack bool
	TLS       *tls.Config
}

var DefaultDialer *Dialer

func (*Dialer) Dial(string, string) (*Conn, error)
func (*Dialer) DialContext(context.Context, string, string) (*Conn, error)
func (*Dialer) DialLeader(context.Context, string, string, string, int) (*Conn, error)
func Dial(string, string) (*Conn, error)
func DialContext(context.Context, string, string) (*Conn, error)
func DialLeader(context.Context, string, string, string, int) (*Conn, error)

type TopicConfig struct {
	Topic                            string
	NumPartitions, ReplicationFactor int
}
type Conn struct{}

func (*Conn) Close() error
func (*Conn) Read([]byte) (int, error)
func (*Conn) ReadMessage(int) (Message, error)
func (*Conn) ReadBatch(int, int) *Batch
func (*Conn) Write([]byte) (int, error)
func (*Conn) WriteMessages(...Message) (int, error)
func (*Conn) SetDeadline(time.Time) error
func (*Conn) SetReadDeadline(time.Time) error
func (*Conn) SetWriteDeadline(time.Time) error
func (*Conn) CreateTopics(...TopicConfig) error

type Batch struct{}

func (*Batch) Close() error
func (*Batch) Read([]byte) (int, error)
func (*Batch) ReadMessage() (Message, error)

type ReaderConfig struct {
	Brokers                                                                                        []string
	GroupID, Topic                                                                                 string
	GroupTopics                                                                                    []string
	Partition, QueueCapacity, MinBytes, MaxBytes, MaxAttempts                                      int
	Dialer                                                                                         *Dialer
	MaxWait, ReadBatchTimeout, HeartbeatInterval, CommitInterval, SessionTimeout, RebalanceTimeout time.Duration
	StartOffset                                                                                    int64
}
type Reader struct{}
type ReaderStats struct {
	Dials, Fetches, Messages, Bytes, Rebalances, Timeouts, Errors int64
}

func NewReader(ReaderConfig) *Reader
func (*Reader) Config() ReaderConfig
func (*Reader) Close() error
func (*Reader) ReadMessage(context.Context) (Message, error)
func (*Reader) FetchMessage(context.Context) (Message, error)
func (*Reader) CommitMessages(context.Context, ...Message) error
func (*Reader) ReadLag(context.Context) (int64, error)
func (*Reader) Offset() int64
func (*Reader) Lag() int64
func (*Reader) SetOffset(int64) error
func (*Reader) Stats() ReaderStats

type WriterConfig struct {
	Brokers                                          []string
	Topic                                            string
	Dialer                                           *Dialer
	Balancer                                         Balancer
	MaxAttempts, BatchSize, BatchBytes, RequiredAcks int
	BatchTimeout, ReadTimeout, WriteTimeout          time.Duration
	Async                                            bool
	CompressionCodec
}
type CompressionCodec = compress.Codec
type Writer struct {
	Addr                                                                      net.Addr
	Topic                                                                     string
	Balancer                                                                  Balancer
	MaxAttempts, BatchSize                                                    int
	BatchBytes                                                                int64
	WriteBackoffMin, WriteBackoffMax, BatchTimeout, ReadTimeout, WriteTimeout time.Duration
	RequiredAcks                                                              RequiredAcks
	Async                                                                     bool
	Completion                                                                func([]Message, error)
	Transport                                                                 RoundTripper
	AllowAutoTopicCreation                                                    bool
}

func NewWriter(WriterConfig) *Writer
func (*Writer) Close() error
func (*Writer) WriteMessages(context.Context, ...Message) error
func TCP(...string) net.Addr

type Request = protocol.Message
type Response = protocol.Message
