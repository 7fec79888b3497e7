//glc:package github.com/go-redis/redis/v8
package redis

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"github.com/go-redis/redis/v8/internal/pool"
)

var Nil error
var ErrClosed error

type Cmder interface {
	Name() string
	FullName() string
	String() string
	Args() []interface{}
	Err() error
	SetErr(error)
}
type baseCmd struct{}

func (*baseCmd) Name() string
func (*baseCmd) FullName() string
func (*baseCmd) Args() []interface{}
func (*baseCmd) Err() error
func (*baseCmd) SetErr(error)

type Cmd struct {
	baseCmd
}

func (*Cmd) Val() interface{}
func (*Cmd) Result() (interface{}, error)
func (*Cmd) Text() (string, error)
func (*Cmd) Int() (int, error)
func (*Cmd) Int64() (int64, error)
func (*Cmd) Bool() (bool, error)
func (*Cmd) Slice() ([]interface{}, error)

type StatusCmd struct {
	baseCmd
}

func (*StatusCmd) Val() string
func (*StatusCmd) Result() (string, error)

type StringCmd struct {
	baseCmd
}

func (*StringCmd) Val() string
func (*StringCmd) Result() (string, error)
func (*StringCmd) Bytes() ([]byte, error)
func (*StringCmd) Bool() (bool, error)
func (*StringCmd) Int() (int, error)
func (*StringCmd) Int64() (int64, error)
func (*StringCmd) Uint64() (uint64, error)
func (*StringCmd) Float64() (float64, error)
func (*StringCmd) Time() (time.Time, error)
func (*StringCmd) Scan(interface{}) error

type IntCmd struct {
	baseCmd
}

func (*IntCmd) Val() int64
func (*IntCmd) Result() (int64, error)

type FloatCmd struct {
	baseCmd
}

func (*FloatCmd) Val() float64
func (*FloatCmd) Result() (float64, error)

type BoolCmd struct {
	baseCmd
}

func (*BoolCmd) Val() bool
func (*BoolCmd) Result() (bool, error)

type DurationCmd struct {
	baseCmd
}

func (*DurationCmd) Val() time.Duration
func (*DurationCmd) Result() (time.Duration, error)

type SliceCmd struct {
	baseCmd
}

func (*SliceCmd) Val() []interface{}
func (*SliceCmd) Result() ([]interface{}, error)
func (*SliceCmd) Scan(interface{}) error

type StringSliceCmd struct {
	baseCmd
}

func (*StringSliceCmd) Val() []string
func (*StringSliceCmd) Result() ([]string, error)

type StringStringMapCmd struct {
	baseCmd
}

func (*StringStringMapCmd) Val() map[string]string
func (*StringStringMapCmd) Result() (map[string]string, error)
func (*StringStringMapCmd) Scan(interface{}) error

type ZSliceCmd struct {
	baseCmd
}

func (*ZSliceCmd) Val() []Z
func (*ZSliceCmd) Result() ([]Z, error)

type ScanCmd struct {
	baseCmd
}

func (*ScanCmd) Val() ([]string, uint64)
func (*ScanCmd) Result() ([]string, uint64, error)
func (*ScanCmd) Iterator() *ScanIterator

type ScanIterator struct{}

func (*ScanIterator) Err() error
func (*ScanIterator) Next(context.Context) bool
func (*ScanIterator) Val() string

type XStream struct {
	Stream   string
	Messages []XMessage
}
type XMessage struct {
	ID     string
	Values map[string]interface{}
}
type XStreamSliceCmd struct {
	baseCmd
}

func (*XStreamSliceCmd) Val() []XStream
func (*XStreamSliceCmd) Result() ([]XStream, error)

type XAddArgs struct {
	Stream     string
	NoMkStream bool
	MaxLen     int64
	MinID      string
	Approx     bool
	Limit      int64
	ID         string
	Values     interface{}
}
type XReadArgs struct {
	Streams []string
	Count   int64
	Block   time.Duration
}
type XReadGroupArgs struct {
	Group, Consumer string
	Streams         []string
	Count           int64
	Block           time.Duration
	NoAck           bool
}
type Z struct {
	Score  float64
	Member interface{}
}
type ZRangeBy struct {
	Min, Max      string
	Offset, Count int64
}
type SetArgs struct {
	Mode         string
	TTL          time.Duration
	ExpireAt     time.Time
	Get, KeepTTL bool
}
type cmdable func(context.Context, Cmder) error

func (cmdable) Ping(context.Context) *StatusCmd
func (cmdable) FlushAll(context.Context) *StatusCmd
func (cmdable) FlushDB(context.Context) *StatusCmd
func (cmdable) ScriptFlush(context.Context) *StatusCmd
func (cmdable) Del(context.Context, ...string) *IntCmd
func (cmdable) Exists(context.Context, ...string) *IntCmd
func (cmdable) Unlink(context.Context, ...string) *IntCmd
func (cmdable) PFCount(context.Context, ...string) *IntCmd
func (cmdable) Touch(context.Context, ...string) *IntCmd
func (cmdable) Expire(context.Context, string, time.Duration) *BoolCmd
func (cmdable) ExpireNX(context.Context, string, time.Duration) *BoolCmd
func (cmdable) ExpireXX(context.Context, string, time.Duration) *BoolCmd
func (cmdable) PExpire(context.Context, string, time.Duration) *BoolCmd
func (cmdable) ExpireAt(context.Context, string, time.Time) *BoolCmd
func (cmdable) PExpireAt(context.Context, string, time.Time) *BoolCmd
func (cmdable) TTL(context.Context, string) *DurationCmd
func (cmdable) PTTL(context.Context, string) *DurationCmd
func (cmdable) Persist(context.Context, string) *BoolCmd
func (cmdable) Keys(context.Context, string) *StringSliceCmd
func (cmdable) Rename(context.Context, string, string) *StatusCmd
func (cmdable) Type(context.Context, string) *StatusCmd
func (cmdable) Scan(context.Context, uint64, string, int64) *ScanCmd
func (cmdable) HScan(context.Context, string, uint64, string, int64) *ScanCmd
func (cmdable) SScan(context.Context, string, uint64, string, int64) *ScanCmd
func (cmdable) ZScan(context.Context, string, uint64, string, int64) *ScanCmd
func (cmdable) Get(context.Context, string) *StringCmd
func (cmdable) GetDel(context.Context, string) *StringCmd
func (cmdable) GetEx(context.Context, string, time.Duration) *StringCmd
func (cmdable) GetSet(context.Context, string, interface{}) *StringCmd
func (cmdable) Set(context.Context, string, interface{}, time.Duration) *StatusCmd
func (cmdable) SetEX(context.Context, string, interface{}, time.Duration) *StatusCmd
func (cmdable) SetArgs(context.Context, string, interface{}, SetArgs) *StatusCmd
func (cmdable) SetNX(context.Context, string, interface{}, time.Duration) *BoolCmd
func (cmdable) SetXX(context.Context, string, interface{}, time.Duration) *BoolCmd
func (cmdable) Incr(context.Context, string) *IntCmd
func (cmdable) Decr(context.Context, string) *IntCmd
func (cmdable) StrLen(context.Context, string) *IntCmd
func (cmdable) LLen(context.Context, string) *IntCmd
func (cmdable) HLen(context.Context, string) *IntCmd
func (cmdable) SCard(context.Context, string) *IntCmd
func (cmdable) ZCard(context.Context, string) *IntCmd
func (cmdable) IncrBy(context.Context, string, int64) *IntCmd
func (cmdable) DecrBy(context.Context, string, int64) *IntCmd
func (cmdable) IncrByFloat(context.Context, string, float64) *FloatCmd
func (cmdable) Append(context.Context, string, string) *IntCmd
func (cmdable) MGet(context.Context, ...string) *SliceCmd
func (cmdable) MSet(context.Context, ...interface{}) *StatusCmd
func (cmdable) HGet(context.Context, string, string) *StringCmd
func (cmdable) HGetAll(context.Context, string) *StringStringMapCmd
func (cmdable) HMGet(context.Context, string, ...string) *SliceCmd
func (cmdable) HSet(context.Context, string, ...interface{}) *IntCmd
func (cmdable) LPush(context.Context, string, ...interface{}) *IntCmd
func (cmdable) RPush(context.Context, string, ...interface{}) *IntCmd
func (cmdable) SAdd(context.Context, string, ...interface{}) *IntCmd
func (cmdable) SRem(context.Context, string, ...interface{}) *IntCmd
func (cmdable) ZRem(context.Context, string, ...interface{}) *IntCmd
func (cmdable) PFAdd(context.Context, string, ...interface{}) *IntCmd
func (cmdable) HSetNX(context.Context, string, string, interface{}) *BoolCmd
func (cmdable) HExists(context.Context, string, string) *BoolCmd
func (cmdable) HDel(context.Context, string, ...string) *IntCmd
func (cmdable) HIncrBy(context.Context, string, string, int64) *IntCmd
func (cmdable) HKeys(context.Context, string) *StringSliceCmd
func (cmdable) HVals(context.Context, string) *StringSliceCmd
func (cmdable) SMembers(context.Context, string) *StringSliceCmd
func (cmdable) LPop(context.Context, string) *StringCmd
func (cmdable) RPop(context.Context, string) *StringCmd
func (cmdable) SPop(context.Context, string) *StringCmd
func (cmdable) SRandMember(context.Context, string) *StringCmd
func (cmdable) LRange(context.Context, string, int64, int64) *StringSliceCmd
func (cmdable) LRem(context.Context, string, int64, interface{}) *IntCmd
func (cmdable) LTrim(context.Context, string, int64, int64) *StatusCmd
func (cmdable) BLPop(context.Context, time.Duration, ...string) *StringSliceCmd
func (cmdable) BRPop(context.Context, time.Duration, ...string) *StringSliceCmd
func (cmdable) BRPopLPush(context.Context, string, string, time.Duration) *StringCmd
func (cmdable) BLMove(context.Context, string, string, string, string, time.Duration) *StringCmd
func (cmdable) SIsMember(context.Context, string, interface{}) *BoolCmd
func (cmdable) SInter(context.Context, ...string) *StringSliceCmd
func (cmdable) SUnion(context.Context, ...string) *StringSliceCmd
func (cmdable) SDiff(context.Context, ...string) *StringSliceCmd
func (cmdable) ZAdd(context.Context, string, ...*Z) *IntCmd
func (cmdable) ZAddNX(context.Context, string, ...*Z) *IntCmd
func (cmdable) ZAddXX(context.Context, string, ...*Z) *IntCmd
func (cmdable) ZIncrBy(context.Context, string, float64, string) *FloatCmd
func (cmdable) ZScore(context.Context, string, string) *FloatCmd
func (cmdable) ZRank(context.Context, string, string) *IntCmd
func (cmdable) ZRevRank(context.Context, string, string) *IntCmd
func (cmdable) ZRange(context.Context, string, int64, int64) *StringSliceCmd
func (cmdable) ZRevRange(context.Context, string, int64, int64) *StringSliceCmd
func (cmdable) ZRangeWithScores(context.Context, string, int64, int64) *ZSliceCmd
func (cmdable) ZRevRangeWithScores(context.Context, string, int64, int64) *ZSliceCmd
func (cmdable) ZRangeByScore(context.Context, string, *ZRangeBy) *StringSliceCmd
func (cmdable) ZRevRangeByScore(context.Context, string, *ZRangeBy) *StringSliceCmd
func (cmdable) ZRemRangeByScore(context.Context, string, string, string) *IntCmd
func (cmdable) ZPopMin(context.Context, string, ...int64) *ZSliceCmd
func (cmdable) ZPopMax(context.Context, string, ...int64) *ZSliceCmd
func (cmdable) XAdd(context.Context, *XAddArgs) *StringCmd
func (cmdable) XRead(context.Context, *XReadArgs) *XStreamSliceCmd
func (cmdable) XReadGroup(context.Context, *XReadGroupArgs) *XStreamSliceCmd
func (cmdable) XAck(context.Context, string, string, ...string) *IntCmd
func (cmdable) XGroupCreate(context.Context, string, string, string) *StatusCmd
func (cmdable) XGroupCreateMkStream(context.Context, string, string, string) *StatusCmd
func (cmdable) Eval(context.Context, string, []string, ...interface{}) *Cmd
func (cmdable) EvalSha(context.Context, string, []string, ...interface{}) *Cmd
func (cmdable) ScriptLoad(context.Context, string) *StringCmd
func (cmdable) Publish(context.Context, string, interface{}) *IntCmd
func (cmdable) Info(context.Context, ...string) *StringCmd
func (cmdable) DBSize(context.Context) *IntCmd

type Cmdable interface {
	Ping(context.Context) *StatusCmd
	FlushAll(context.Context) *StatusCmd
	FlushDB(context.Context) *StatusCmd
	ScriptFlush(context.Context) *StatusCmd
	Del(context.Context, ...string) *IntCmd
	Exists(context.Context, ...string) *IntCmd
	Unlink(context.Context, ...string) *IntCmd
	PFCount(context.Context, ...string) *IntCmd
	Touch(context.Context, ...string) *IntCmd
	Expire(context.Context, string, time.Duration) *BoolCmd
	ExpireNX(context.Context, string, time.Duration) *BoolCmd
	ExpireXX(context.Context, string, time.Duration) *BoolCmd
	PExpire(context.Context, string, time.Duration) *BoolCmd
	ExpireAt(context.Context, string, time.Time) *BoolCmd
	PExpireAt(context.Context, string, time.Time) *BoolCmd
	TTL(context.Context, string) *DurationCmd
	PTTL(context.Context, string) *DurationCmd
	Persist(context.Context, string) *BoolCmd
	Keys(context.Context, string) *StringSliceCmd
	Rename(context.Context, string, string) *StatusCmd
	Type(context.Context, string) *StatusCmd
	Scan(context.Context, uint64, string, int64) *ScanCmd
	HScan(context.Context, string, uint64, string, int64) *ScanCmd
	SScan(context.Context, string, uint64, string, int64) *ScanCmd
	ZScan(context.Context, string, uint64, string, int64) *ScanCmd
	Get(context.Context, string) *StringCmd
	GetDel(context.Context, string) *StringCmd
	GetEx(context.Context, string, time.Duration) *StringCmd
	GetSet(context.Context, string, interface{}) *StringCmd
	Set(context.Context, string, interface{}, time.Duration) *StatusCmd
	SetEX(context.Context, string, interface{}, time.Duration) *StatusCmd
	SetArgs(context.Context, string, interface{}, SetArgs) *StatusCmd
	SetNX(context.Context, string, interface{}, time.Duration) *BoolCmd
	SetXX(context.Context, string, interface{}, time.Duration) *BoolCmd
	Incr(context.Context, string) *IntCmd
	Decr(context.Context, string) *IntCmd
	StrLen(context.Context, string) *IntCmd
	LLen(context.Context, string) *IntCmd
	HLen(context.Context, string) *IntCmd
	SCard(context.Context, string) *IntCmd
	ZCard(context.Context, string) *IntCmd
	IncrBy(context.Context, string, int64) *IntCmd
	DecrBy(context.Context, string, int64) *IntCmd
	IncrByFloat(context.Context, string, float64) *FloatCmd
	Append(context.Context, string, string) *IntCmd
	MGet(context.Context, ...string) *SliceCmd
	MSet(context.Context, ...interface{}) *StatusCmd
	HGet(context.Context, string, string) *StringCmd
	HGetAll(context.Context, string) *StringStringMapCmd
	HMGet(context.Context, string, ...string) *SliceCmd
	HSet(context.Context, string, ...interface{}) *IntCmd
	LPush(context.Context, string, ...interface{}) *IntCmd
	RPush(context.Context, string, ...interface{}) *IntCmd
	SAdd(context.Context, string, ...interface{}) *IntCmd
	SRem(context.Context, string, ...interface{}) *IntCmd
	ZRem(context.Context, string, ...interface{}) *IntCmd
	PFAdd(context.Context, string, ...interface{}) *IntCmd
	HSetNX(context.Context, string, string, interface{}) *BoolCmd
	HExists(context.Context, string, string) *BoolCmd
	HDel(context.Context, string, ...string) *IntCmd
	HIncrBy(context.Context, string, string, int64) *IntCmd
	HKeys(context.Context, string) *StringSliceCmd
	HVals(context.Context, string) *StringSliceCmd
	SMembers(context.Context, string) *StringSliceCmd
	LPop(context.Context, string) *StringCmd
	RPop(context.Context, string) *StringCmd
	SPop(context.Context, string) *StringCmd
	SRandMember(context.Context, string) *StringCmd
	LRange(context.Context, string, int64, int64) *StringSliceCmd
	LRem(context.Context, string, int64, interface{}) *IntCmd
	LTrim(context.Context, string, int64, int64) *StatusCmd
	BLPop(context.Context, time.Duration, ...string) *StringSliceCmd
	BRPop(context.Context, time.Duration, ...string) *StringSliceCmd
	BRPopLPush(context.Context, string, string, time.Duration) *StringCmd
	BLMove(context.Context, string, string, string, string, time.Duration) *StringCmd
	SIsMember(context.Context, string, interface{}) *BoolCmd
	SInter(context.Context, ...string) *StringSliceCmd
	SUnion(context.Context, ...string) *StringSliceCmd
	SDiff(context.Context, ...string) *StringSliceCmd
	ZAdd(context.Context, string, ...*Z) *IntCmd
	ZAddNX(context.Context, string, ...*Z) *IntCmd
	ZAddXX(context.Context, string, ...*Z) *IntCmd
	ZIncrBy(context.Context, string, float64, string) *FloatCmd
	ZScore(context.Context, string, string) *FloatCmd
	ZRank(context.Context, string, string) *IntCmd
	ZRevRank(context.Context, string, string) *IntCmd
	ZRange(context.Context, string, int64, int64) *StringSliceCmd
	ZRevRange(context.Context, string, int64, int64) *StringSliceCmd
	ZRangeWithScores(context.Context, string, int64, int64) *ZSliceCmd
	ZRevRangeWithScores(context.Context, string, int64, int64) *ZSliceCmd
	ZRangeByScore(context.Context, string, *ZRangeBy) *StringSliceCmd
	ZRevRangeByScore(context.Context, string, *ZRangeBy) *StringSliceCmd
	ZRemRangeByScore(context.Context, string, string, string) *IntCmd
	ZPopMin(context.Context, string, ...int64) *ZSliceCmd
	ZPopMax(context.Context, string, ...int64) *ZSliceCmd
	XAdd(context.Context, *XAddArgs) *StringCmd
	XRead(context.Context, *XReadArgs) *XStreamSliceCmd
	XReadGroup(context.Context, *XReadGroupArgs) *XStreamSliceCmd
	XAck(context.Context, string, string, ...string) *IntCmd
	XGroupCreate(context.Context, string, string, string) *StatusCmd
	XGroupCreateMkStream(context.Context, string, string, string) *StatusCmd
	Eval(context.Context, string, []string, ...interface{}) *Cmd
	EvalSha(context.Context, string, []string, ...interface{}) *Cmd
	ScriptLoad(context.Context, string) *StringCmd
	Publish(context.Context, string, interface{}) *IntCmd
	Info(context.Context, ...string) *StringCmd
	DBSize(context.Context) *IntCmd
	Pipeline() Pipeliner
	TxPipeline() Pipeliner
	Pipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
	TxPipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
}
type hooks struct{}

func (*hooks) AddHook(Hook)

type Pipeliner interface {
	Cmdable
	Len() int
	Do(context.Context, ...interface{}) *Cmd
	Discard() error
	Exec(context.Context) ([]Cmder, error)
}
type UniversalClient interface {
	Cmdable
	Do(context.Context, ...interface{}) *Cmd
	Watch(context.Context, func(*Tx) error, ...string) error
	Subscribe(context.Context, ...string) *PubSub
	PSubscribe(context.Context, ...string) *PubSub
	Close() error
	PoolStats() *PoolStats
}
type Options struct {
	Network, Addr, Username, Password                                                                                                  string
	Dialer                                                                                                                             func(context.Context, string, string) (net.Conn, error)
	OnConnect                                                                                                                          func(context.Context, *Conn) error
	DB, MaxRetries, PoolSize, MinIdleConns                                                                                             int
	MinRetryBackoff, MaxRetryBackoff, DialTimeout, ReadTimeout, WriteTimeout, PoolTimeout, MaxConnAge, IdleTimeout, IdleCheckFrequency time.Duration
	PoolFIFO                                                                                                                           bool
	TLSConfig                                                                                                                          *tls.Config
}
type ClusterOptions struct {
	Addrs                                                                        []string
	Username, Password                                                           string
	MaxRedirects, MaxRetries, PoolSize, MinIdleConns                             int
	ReadOnly, RouteByLatency, RouteRandomly, PoolFIFO                            bool
	DialTimeout, ReadTimeout, WriteTimeout, PoolTimeout, MaxConnAge, IdleTimeout time.Duration
	TLSConfig                                                                    *tls.Config
}
type FailoverOptions struct {
	MasterName                                                                   string
	SentinelAddrs                                                                []string
	SentinelPassword, Username, Password                                         string
	DB, MaxRetries, PoolSize, MinIdleConns                                       int
	DialTimeout, ReadTimeout, WriteTimeout, PoolTimeout, MaxConnAge, IdleTimeout time.Duration
}
type UniversalOptions struct {
	Addrs                                                                        []string
	Username, Password, MasterName                                               string
	DB, MaxRetries, PoolSize, MinIdleConns                                       int
	DialTimeout, ReadTimeout, WriteTimeout, PoolTimeout, MaxConnAge, IdleTimeout time.Duration
	TLSConfig                                                                    *tls.Config
}

func ParseURL(string) (*Options, error)

type PoolStats pool.Stats
type Hook interface {
	BeforeProcess(context.Context, Cmder) (context.Context, error)
	AfterProcess(context.Context, Cmder) error
}
type baseClient struct{}

func (*baseClient) Close() error

type Client struct {
	*baseClient
	cmdable
	hooks
}

func NewClient(*Options) *Client
func NewFailoverClient(*FailoverOptions) *Client
func NewUniversalClient(*UniversalOptions) UniversalClient
func (*Client) WithTimeout(time.Duration) *Client
func (*Client) Conn(context.Context) *Conn
func (*Client) Do(context.Context, ...interface{}) *Cmd
func (*Client) Process(context.Context, Cmder) error
func (*Client) Options() *Options
func (*Client) PoolStats() *PoolStats
func (*Client) Pipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*Client) TxPipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*Client) Pipeline() Pipeliner
func (*Client) TxPipeline() Pipeliner
func (*Client) Subscribe(context.Context, ...string) *PubSub
func (*Client) PSubscribe(context.Context, ...string) *PubSub
func (*Client) Watch(context.Context, func(*Tx) error, ...string) error

type ClusterClient struct {
	cmdable
	hooks
}

func NewClusterClient(*ClusterOptions) *ClusterClient
func (*ClusterClient) Close() error
func (*ClusterClient) Do(context.Context, ...interface{}) *Cmd
func (*ClusterClient) PoolStats() *PoolStats
func (*ClusterClient) Pipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*ClusterClient) TxPipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*ClusterClient) Pipeline() Pipeliner
func (*ClusterClient) TxPipeline() Pipeliner
func (*ClusterClient) Subscribe(context.Context, ...string) *PubSub
func (*ClusterClient) PSubscribe(context.Context, ...string) *PubSub
func (*ClusterClient) Watch(context.Context, func(*Tx) error, ...string) error
func (*ClusterClient) ForEachMaster(context.Context, func(context.Context, *Client) error) error
func (*ClusterClient) ForEachShard(context.Context, func(context.Context, *Client) error) error

type Conn struct {
	cmdable
}
type Tx struct {
	cmdable
}

func (*Tx) Pipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*Tx) TxPipelined(context.Context, func(Pipeliner) error) ([]Cmder, error)
func (*Tx) Watch(context.Context, ...string) *StatusCmd

type Message struct {
	Channel, Pattern, Payload string
	PayloadSlice              []string
}
type ChannelOption func(*channel)
type channel struct{}
type PubSub struct{}

func (*PubSub) Close() error
func (*PubSub) Subscribe(context.Context, ...string) error
func (*PubSub) PSubscribe(context.Context, ...string) error
func (*PubSub) Unsubscribe(context.Context, ...string) error
func (*PubSub) PUnsubscribe(context.Context, ...string) error
func (*PubSub) Ping(context.Context, ...string) error
func (*PubSub) Receive(context.Context) (interface{}, error)
func (*PubSub) ReceiveMessage(context.Context) (*Message, error)
func (*PubSub) ReceiveTimeout(context.Context, time.Duration) (interface{}, error)
func (*PubSub) Channel(...ChannelOption) <-chan *Message

type Script struct{}
type Scripter interface {
	Eval(context.Context, string, []string, ...interface{}) *Cmd
	EvalSha(context.Context, string, []string, ...interface{}) *Cmd
	ScriptLoad(context.Context, string) *StringCmd
}

func NewScript(string) *Script
func (*Script) Run(context.Context, Scripter, []string, ...interface{}) *Cmd
func (*Script) Eval(context.Context, Scripter, []string, ...interface{}) *Cmd
func (*Script) EvalSha(context.Context, Scripter, []string, ...interface{}) *Cmd
