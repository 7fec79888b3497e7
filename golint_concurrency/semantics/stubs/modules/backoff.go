//glc:package github.com/cenkalti/backoff/v4
package backoff

import (
	"context"
	"time"
)

type Operation func() error
type Notify func(error, time.Duration)
type BackOff interface {
	NextBackOff() time.Duration
	Reset()
}
type BackOffContext interface {
	BackOff
	Context() context.Context
}
type ExponentialBackOff struct {
	InitialInterval, MaxInterval, MaxElapsedTime time.Duration
	RandomizationFactor, Multiplier              float64
}
type ExponentialBackOffOpts func(*ExponentialBackOff)

func NewExponentialBackOff(...ExponentialBackOffOpts) *ExponentialBackOff
func (*ExponentialBackOff) NextBackOff() time.Duration
func (*ExponentialBackOff) Reset()
func WithContext(BackOff, context.Context) BackOffContext
func WithMaxRetries(BackOff, uint64) BackOff
func Permanent(error) error
func Retry(Operation, BackOff) error
func RetryNotify(Operation, BackOff, Notify) error
