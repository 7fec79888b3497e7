//glc:package k8s.io/apimachinery/pkg/util/wait
package wait

import (
	"context"
	"time"
)

var NeverStop <-chan struct{}

type ConditionFunc func() (bool, error)
type ConditionWithContextFunc func(context.Context) (bool, error)
type Backoff struct {
	Duration       time.Duration
	Factor, Jitter float64
	Steps          int
	Cap            time.Duration
}
type Group struct{}

func (*Group) Wait()
func (*Group) Start(func())
func (*Group) StartWithChannel(<-chan struct{}, func(<-chan struct{}))
func (*Group) StartWithContext(context.Context, func(context.Context))
func Forever(func(), time.Duration)
func Until(func(), time.Duration, <-chan struct{})
func NonSlidingUntil(func(), time.Duration, <-chan struct{})
func UntilWithContext(context.Context, func(context.Context), time.Duration)
func NonSlidingUntilWithContext(context.Context, func(context.Context), time.Duration)
func JitterUntil(func(), time.Duration, float64, bool, <-chan struct{})
func JitterUntilWithContext(context.Context, func(context.Context), time.Duration, float64, bool)
func Poll(time.Duration, time.Duration, ConditionFunc) error
func PollImmediate(time.Duration, time.Duration, ConditionFunc) error
func PollInfinite(time.Duration, ConditionFunc) error
func PollImmediateInfinite(time.Duration, ConditionFunc) error
func PollUntil(time.Duration, ConditionFunc, <-chan struct{}) error
func PollImmediateUntil(time.Duration, ConditionFunc, <-chan struct{}) error
func PollUntilContextCancel(context.Context, time.Duration, bool, ConditionWithContextFunc) error
func PollUntilContextTimeout(context.Context, time.Duration, time.Duration, bool, ConditionWithContextFunc) error
func ExponentialBackoff(Backoff, ConditionFunc) error
func ExponentialBackoffWithContext(context.Context, Backoff, ConditionWithContextFunc) error
func Jitter(time.Duration, float64) time.Duration

var ErrWaitTimeout error
