//glc:package github.com/IBM/sarama
//glc:package github.com/Shopify/sarama
package sarama

import (
	"context"
	"time"
)

type KafkaVersion struct{}
type RequiredAcks int16
type Encoder interface {
	Encode() ([]byte, error)
	Length() int
}
type StringEncoder string

func (StringEncoder) Encode() ([]byte, error)
func (StringEncoder) Length() int

type ByteEncoder []byte

func (ByteEncoder) Encode() ([]byte, error)
func (ByteEncoder) Length() int

type RecordHeader struct {
	Key, Value []byte
}
type ProducerMessage struct {
	Topic      string
	Key, Value Encoder
	Headers    []RecordHeader
	Metadata   interface{}
	Offset     int64
	Partition  int32
	Timestamp  time.Time
}
type ConsumerMessage struct {
	Headers                   []*RecordHeader
	Timestamp, BlockTimestamp time.Time
	Key, Value                []byte
	Topic                     string
	Partition                 int32
	Offset                    int64
}
type ProducerError struct {
	Msg *ProducerMessage
	Err error
}
type ConsumerError struct {
	Topic     string
	Partition int32
	Err       error
}
type Config struct {
	ClientID          string
	ChannelBufferSize int
	Version           KafkaVersion
}

func NewConfig() *Config
func (*Config) Validate() error
func ParseKafkaVersion(string) (KafkaVersion, error)

type Broker struct{}

func (*Broker) Addr() string
func (*Broker) ID() int32

type Client interface {
	Config() *Config
	Brokers() []*Broker
	Topics() ([]string, error)
	Partitions(string) ([]int32, error)
	RefreshMetadata(...string) error
	GetOffset(string, int32, int64) (int64, error)
	Close() error
	Closed() bool
}

func NewClient([]string, *Config) (Client, error)

type SyncProducer interface {
	SendMessage(*ProducerMessage) (int32, int64, error)
	SendMessages([]*ProducerMessage) error
	Close() error
	IsTransactional() bool
	BeginTxn() error
	CommitTxn() error
	AbortTxn() error
}

func NewSyncProducer([]string, *Config) (SyncProducer, error)
func NewSyncProducerFromClient(Client) (SyncProducer, error)

type AsyncProducer interface {
	AsyncClose()
	Close() error
	Input() chan<- *ProducerMessage
	Successes() <-chan *ProducerMessage
	Errors() <-chan *ProducerError
	IsTransactional() bool
}

func NewAsyncProducer([]string, *Config) (AsyncProducer, error)
func NewAsyncProducerFromClient(Client) (AsyncProducer, error)

type Consumer interface {
	Topics() ([]string, error)
	Partitions(string) ([]int32, error)
	ConsumePartition(string, int32, int64) (PartitionConsumer, error)
	Close() error
	PauseAll()
	ResumeAll()
}

func NewConsumer([]string, *Config) (Consumer, error)
func NewConsumerFromClient(Client) (Consumer, error)

type PartitionConsumer interface {
	AsyncClose()
	Close() error
	Messages() <-chan *ConsumerMessage
	Errors() <-chan *ConsumerError
	HighWaterMarkOffset() int64
	Pause()
	Resume()
}
type ConsumerGroup interface {
	Consume(context.Context, []string, ConsumerGroupHandler) error
	Errors() <-chan error
	Close() error
	PauseAll()
	ResumeAll()
}

func NewConsumerGroup([]string, string, *Config) (ConsumerGroup, error)
func NewConsumerGroupFromClient(string, Client) (ConsumerGroup, error)

type ConsumerGroupHandler interface {
	Setup(ConsumerGroupSession) error
	Cleanup(ConsumerGroupSession) error
	ConsumeClaim(ConsumerGroupSession, ConsumerGroupClaim) error
}
type ConsumerGroupSession interface {
	Claims() map[string][]int32
	MemberID() string
	GenerationID() int32
	MarkOffset(string, int32, int64, string)
	ResetOffset(string, int32, int64, string)
	Commit()
	MarkMessage(*ConsumerMessage, string)
	Context() context.Context
}
type ConsumerGroupClaim interface {
	Topic() string
	Partition() int32
	InitialOffset() int64
	HighWaterMarkOffset() int64
	Messages() <-chan *ConsumerMessage
}
type ClusterAdmin interface {
	ListTopics() (map[string]TopicDetail, error)
	CreateTopic(string, *TopicDetail, bool) error
	DeleteTopic(string) error
	Close() error
}
type TopicDetail struct {
	NumPartitions     int32
	ReplicationFactor int16
	ConfigEntries     map[string]*string
}

func NewClusterAdmin([]string, *Config) (ClusterAdmin, error)
