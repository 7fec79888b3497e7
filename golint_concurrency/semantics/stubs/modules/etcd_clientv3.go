//glc:package go.etcd.io/etcd/client/v3
package clientv3

import (
	"context"
	"crypto/tls"
	"io"
	"time"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.uber.org/zap"
	"google.golang.org/grpc"
)

type LeaseID int64
type CompactResponse pb.CompactionResponse
type PutResponse pb.PutResponse
type GetResponse pb.RangeResponse
type DeleteResponse pb.DeleteRangeResponse
type TxnResponse pb.TxnResponse
type Event = mvccpb.Event
type Op struct{}
type Cmp struct{}
type OpOption func(*Op)
type OpResponse struct{}
type CompactOp struct{}
type CompactOption func(*CompactOp)
type Config struct {
	Endpoints                                                              []string
	AutoSyncInterval, DialTimeout, DialKeepAliveTime, DialKeepAliveTimeout time.Duration
	MaxCallSendMsgSize, MaxCallRecvMsgSize                                 int
	TLS                                                                    *tls.Config
	Username, Password                                                     string
	RejectOldCluster, PermitWithoutStream                                  bool
	DialOptions                                                            []grpc.DialOption
	Context                                                                context.Context
	Logger                                                                 *zap.Logger
}
type Client struct {
	Cluster
	KV
	Lease
	Watcher
	Auth
	Maintenance
	Username, Password string
}

func New(Config) (*Client, error)
func NewFromURL(string) (*Client, error)
func NewCtxClient(context.Context, ...Option) *Client

type Option func(*Client)

func (*Client) Close() error
func (*Client) Ctx() context.Context
func (*Client) Endpoints() []string
func (*Client) SetEndpoints(...string)
func (*Client) Sync(context.Context) error
func (*Client) Dial(string) (*grpc.ClientConn, error)
func (*Client) ActiveConnection() *grpc.ClientConn
func WithRequireLeader(context.Context) context.Context

type KV interface {
	Put(context.Context, string, string, ...OpOption) (*PutResponse, error)
	Get(context.Context, string, ...OpOption) (*GetResponse, error)
	Delete(context.Context, string, ...OpOption) (*DeleteResponse, error)
	Compact(context.Context, int64, ...CompactOption) (*CompactResponse, error)
	Do(context.Context, Op) (OpResponse, error)
	Txn(context.Context) Txn
}
type Txn interface {
	If(...Cmp) Txn
	Then(...Op) Txn
	Else(...Op) Txn
	Commit() (*TxnResponse, error)
}
type LeaseGrantResponse struct {
	*pb.ResponseHeader
	ID    LeaseID
	TTL   int64
	Error string
}
type LeaseKeepAliveResponse struct {
	*pb.ResponseHeader
	ID  LeaseID
	TTL int64
}
type LeaseRevokeResponse pb.LeaseRevokeResponse
type LeaseTimeToLiveResponse struct {
	*pb.ResponseHeader
	ID              LeaseID
	TTL, GrantedTTL int64
	Keys            [][]byte
}
type LeaseOption func(*LeaseOp)
type LeaseOp struct{}
type Lease interface {
	Grant(context.Context, int64) (*LeaseGrantResponse, error)
	Revoke(context.Context, LeaseID) (*LeaseRevokeResponse, error)
	TimeToLive(context.Context, LeaseID, ...LeaseOption) (*LeaseTimeToLiveResponse, error)
	KeepAlive(context.Context, LeaseID) (<-chan *LeaseKeepAliveResponse, error)
	KeepAliveOnce(context.Context, LeaseID) (*LeaseKeepAliveResponse, error)
	Close() error
}
type WatchResponse struct {
	Header            *pb.ResponseHeader
	Events            []*Event
	CompactRevision   int64
	Canceled, Created bool
}

func (*WatchResponse) Err() error
func (*WatchResponse) IsProgressNotify() bool

type WatchChan <-chan WatchResponse
type Watcher interface {
	Watch(context.Context, string, ...OpOption) WatchChan
	RequestProgress(context.Context) error
	Close() error
}
type MemberListResponse pb.MemberListResponse
type StatusResponse pb.StatusResponse
type Cluster interface {
	MemberList(context.Context, ...OpOption) (*MemberListResponse, error)
}
type Auth interface{}
type Maintenance interface {
	Status(context.Context, string) (*StatusResponse, error)
	Snapshot(context.Context) (io.ReadCloser, error)
}

func OpGet(string, ...OpOption) Op
func OpDelete(string, ...OpOption) Op
func OpPut(string, string, ...OpOption) Op
func Compare(Cmp, string, interface{}) Cmp
func Value(string) Cmp
func Version(string) Cmp
func CreateRevision(string) Cmp
func ModRevision(string) Cmp
func LeaseValue(string) Cmp
func WithPrefix() OpOption
func WithFromKey() OpOption
func WithKeysOnly() OpOption
func WithCountOnly() OpOption
func WithSerializable() OpOption
func WithPrevKV() OpOption
func WithProgressNotify() OpOption
func WithCreatedNotify() OpOption
func WithLease(LeaseID) OpOption
func WithLimit(int64) OpOption
func WithRev(int64) OpOption
func WithRange(string) OpOption
