//glc:package golang.org/x/sync/semaphore
package semaphore

import (
	"context"
)

type Weighted struct{}

func NewWeighted(int64) *Weighted
func (*Weighted) Acquire(context.Context, int64) error
func (*Weighted) TryAcquire(int64) bool
func (*Weighted) Release(int64)
