// Package semaphore declares what testdata uses of the package by this name.
package semaphore

import "context"

// Weighted bounds how much is in use at once.
type Weighted struct {
	slots chan struct{}
}

// NewWeighted gives a semaphore of size n.
func NewWeighted(n int64) *Weighted {
	return &Weighted{slots: make(chan struct{}, n)}
}

// Acquire takes n slots, or gives up with the context.
func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	for range n {
		select {
		case s.slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// TryAcquire takes n slots if they are free.
func (s *Weighted) TryAcquire(n int64) bool {
	for range n {
		select {
		case s.slots <- struct{}{}:
		default:
			return false
		}
	}
	return true
}

// Release gives n slots back.
func (s *Weighted) Release(n int64) {
	for range n {
		<-s.slots
	}
}
