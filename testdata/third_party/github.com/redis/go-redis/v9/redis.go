// Package redis stands in for the module of that name: what the testdata compiles against.
package redis

import (
	"context"
	"time"
)

type Options struct {
	Addr     string
	Password string

	PoolSize, MinIdleConns, MaxIdleConns, MaxActiveConns int

	ReadTimeout, WriteTimeout, PoolTimeout time.Duration
}

type ClusterOptions struct {
	Addrs []string

	PoolSize, MinIdleConns, MaxIdleConns, MaxActiveConns int
}

type Client struct{}

type ClusterClient struct{}

type StatusCmd struct{}

type StringCmd struct{}

func NewClient(opt *Options) *Client                      { return &Client{} }
func NewClusterClient(opt *ClusterOptions) *ClusterClient { return &ClusterClient{} }
func ParseURL(url string) (*Options, error)               { return &Options{}, nil }

func (c *Client) Close() error                                   { return nil }
func (c *Client) Ping(ctx context.Context) *StatusCmd            { return &StatusCmd{} }
func (c *Client) Get(ctx context.Context, key string) *StringCmd { return &StringCmd{} }

func (c *Client) Set(ctx context.Context, key string, value any, ttl time.Duration) *StatusCmd {
	return &StatusCmd{}
}

func (s *StatusCmd) Err() error              { return nil }
func (s *StringCmd) Result() (string, error) { return "", nil }
func (c *ClusterClient) Close() error        { return nil }
