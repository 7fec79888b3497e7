// Package clientv3 declares what the tests use of the etcd client.
package clientv3

import (
	"context"
	"time"
)

// Config says how to reach a cluster.
type Config struct {
	Endpoints   []string
	DialTimeout time.Duration
	Username    string
	Context     context.Context
}

// Client talks to a cluster.
type Client struct {
	KV
	Watcher
}

// New connects.
func New(Config) (*Client, error) { return &Client{}, nil }

// Close ends all streams.
func (c *Client) Close() error { return nil }

// OpOption changes a request.
type OpOption func()

// WithPrefix asks for all keys that begin with the key.
func WithPrefix() OpOption { return nil }

// KV reads and writes keys.
type KV interface {
	Put(ctx context.Context, key, value string, options ...OpOption) (*PutResponse, error)
	Get(ctx context.Context, key string, options ...OpOption) (*GetResponse, error)
}

// Watcher follows keys.
type Watcher interface {
	Watch(ctx context.Context, key string, options ...OpOption) WatchChan
}

// PutResponse is the answer to Put.
type PutResponse struct{}

// GetResponse is the answer to Get.
type GetResponse struct{ Count int64 }

// WatchChan delivers events.
type WatchChan <-chan WatchResponse

// WatchResponse is a batch of events.
type WatchResponse struct{ Canceled bool }

// WithRequireLeader makes requests fail while there is no leader.
func WithRequireLeader(ctx context.Context) context.Context { return ctx }
