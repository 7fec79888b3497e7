//glc:package go.mongodb.org/mongo-driver/mongo/options
package options

import (
	"crypto/tls"
	"time"
)

type ClientOptions struct {
	AppName, ReplicaSet                                                                                                *string
	ConnectTimeout, HeartbeatInterval, LocalThreshold, MaxConnIdleTime, ServerSelectionTimeout, SocketTimeout, Timeout *time.Duration
	Hosts                                                                                                              []string
	MaxPoolSize, MinPoolSize, MaxConnecting                                                                            *uint64
	TLSConfig                                                                                                          *tls.Config
}

func Client() *ClientOptions
func (*ClientOptions) ApplyURI(string) *ClientOptions
func (*ClientOptions) SetAppName(string) *ClientOptions
func (*ClientOptions) SetReplicaSet(string) *ClientOptions
func (*ClientOptions) SetConnectTimeout(time.Duration) *ClientOptions
func (*ClientOptions) SetHeartbeatInterval(time.Duration) *ClientOptions
func (*ClientOptions) SetLocalThreshold(time.Duration) *ClientOptions
func (*ClientOptions) SetMaxConnIdleTime(time.Duration) *ClientOptions
func (*ClientOptions) SetServerSelectionTimeout(time.Duration) *ClientOptions
func (*ClientOptions) SetSocketTimeout(time.Duration) *ClientOptions
func (*ClientOptions) SetTimeout(time.Duration) *ClientOptions
func (*ClientOptions) SetMaxPoolSize(uint64) *ClientOptions
func (*ClientOptions) SetMinPoolSize(uint64) *ClientOptions
func (*ClientOptions) SetMaxConnecting(uint64) *ClientOptions
func (*ClientOptions) SetTLSConfig(*tls.Config) *ClientOptions
func (*ClientOptions) SetHosts([]string) *ClientOptions

type FindOptions struct {
	Limit, Skip            *int64
	Sort, Projection, Hint interface{}
	BatchSize              *int32
	MaxTime, MaxAwaitTime  *time.Duration
}

func Find() *FindOptions
func (*FindOptions) SetLimit(int64) *FindOptions
func (*FindOptions) SetSkip(int64) *FindOptions
func (*FindOptions) SetSort(interface{}) *FindOptions
func (*FindOptions) SetProjection(interface{}) *FindOptions
func (*FindOptions) SetHint(interface{}) *FindOptions
func (*FindOptions) SetBatchSize(int32) *FindOptions
func (*FindOptions) SetMaxTime(time.Duration) *FindOptions

type FindOneOptions struct {
	Sort, Projection interface{}
}

func FindOne() *FindOneOptions
func (*FindOneOptions) SetSort(interface{}) *FindOneOptions
func (*FindOneOptions) SetProjection(interface{}) *FindOneOptions

type UpdateOptions struct {
	Upsert *bool
}

func Update() *UpdateOptions
func (*UpdateOptions) SetUpsert(bool) *UpdateOptions
