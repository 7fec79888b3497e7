//glc:package github.com/panjf2000/ants/v2
package ants

import (
	"time"
)

type Option func(*Options)
type Logger interface {
	Printf(string, ...any)
}
type Options struct {
	ExpiryDuration                      time.Duration
	PreAlloc, Nonblocking, DisablePurge bool
	MaxBlockingTasks                    int
	PanicHandler                        func(any)
	Logger                              Logger
}
type poolCommon struct{}

func (*poolCommon) Running() int
func (*poolCommon) Free() int
func (*poolCommon) Waiting() int
func (*poolCommon) Cap() int
func (*poolCommon) Tune(int)
func (*poolCommon) IsClosed() bool
func (*poolCommon) Release()
func (*poolCommon) Reboot()
func (*poolCommon) ReleaseTimeout(time.Duration) error

type Pool struct {
	*poolCommon
}

func NewPool(int, ...Option) (*Pool, error)
func (*Pool) Submit(func()) error

type PoolWithFunc struct {
	*poolCommon
}

func NewPoolWithFunc(int, func(any), ...Option) (*PoolWithFunc, error)
func (*PoolWithFunc) Invoke(any) error
func Submit(func()) error
func Running() int
func Free() int
func Cap() int
func Release()
func Reboot()
func ReleaseTimeout(time.Duration) error
func WithOptions(Options) Option
func WithExpiryDuration(time.Duration) Option
func WithPreAlloc(bool) Option
func WithNonblocking(bool) Option
func WithMaxBlockingTasks(int) Option
func WithPanicHandler(func(any)) Option
