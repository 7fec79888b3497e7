//glc:package golang.org/x/time/rate
package rate

import (
	"context"
	"time"
)

type Limit float64

const InfDuration time.Duration = 1<<63 - 1

type Limiter struct{}
type Reservation struct{}
type Sometimes struct {
	First, Every int
	Interval     time.Duration
}

func NewLimiter(Limit, int) *Limiter
func Every(time.Duration) Limit
func (*Limiter) Limit() Limit
func (*Limiter) Burst() int
func (*Limiter) Tokens() float64
func (*Limiter) Allow() bool
func (*Limiter) AllowN(time.Time, int) bool
func (*Limiter) Reserve() *Reservation
func (*Limiter) ReserveN(time.Time, int) *Reservation
func (*Limiter) Wait(context.Context) error
func (*Limiter) WaitN(context.Context, int) error
func (*Limiter) SetLimit(Limit)
func (*Limiter) SetBurst(int)
func (*Reservation) OK() bool
func (*Reservation) Delay() time.Duration
func (*Reservation) Cancel()
func (*Sometimes) Do(func())
