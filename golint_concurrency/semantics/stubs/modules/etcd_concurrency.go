//glc:package go.etcd.io/etcd/client/v3/concurrency
package concurrency

import (
	"context"
	"sync"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

type SessionOption func(*sessionOptions, *zap.Logger)
type sessionOptions struct{}
type Session struct{}

func NewSession(*clientv3.Client, ...SessionOption) (*Session, error)
func WithTTL(int) SessionOption
func WithContext(context.Context) SessionOption
func WithLease(clientv3.LeaseID) SessionOption
func (*Session) Client() *clientv3.Client
func (*Session) Lease() clientv3.LeaseID
func (*Session) Done() <-chan struct{}
func (*Session) Orphan()
func (*Session) Close() error

type Mutex struct{}

func NewMutex(*Session, string) *Mutex
func NewLocker(*Session, string) sync.Locker
func (*Mutex) Lock(context.Context) error
func (*Mutex) TryLock(context.Context) error
func (*Mutex) Unlock(context.Context) error
func (*Mutex) Key() string
func (*Mutex) IsOwner() clientv3.Cmp

type Election struct{}

func NewElection(*Session, string) *Election
func (*Election) Campaign(context.Context, string) error
func (*Election) Proclaim(context.Context, string) error
func (*Election) Resign(context.Context) error
func (*Election) Leader(context.Context) (*clientv3.GetResponse, error)
func (*Election) Observe(context.Context) <-chan *clientv3.GetResponse
func (*Election) Key() string

type STM interface {
	Get(...string) string
	Put(string, string, ...clientv3.OpOption)
	Rev(string) int64
	Del(string)
}

func NewSTM(*clientv3.Client, func(STM) error, ...STMOption) (*clientv3.TxnResponse, error)

type STMOption func(*stmOptions)
type stmOptions struct{}
