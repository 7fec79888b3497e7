// Package errgroup declares what testdata uses of the package by this name.
package errgroup

import (
	"context"
	"sync"
)

// Group runs functions on goroutines and keeps their first error.
type Group struct {
	wait   sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
	slots  chan struct{}
}

// WithContext gives a group, and a context that ends with its first error.
func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &Group{cancel: cancel}, ctx
}

// Wait waits for all functions.
func (g *Group) Wait() error {
	g.wait.Wait()
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}

// Go runs f on a goroutine.
func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.start(f)
}

// TryGo runs f if that does not pass the limit.
func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

// SetLimit bounds the functions that run at once.
func (g *Group) SetLimit(n int) {
	g.slots = make(chan struct{}, n)
}

func (g *Group) start(f func() error) {
	g.wait.Add(1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}

func (g *Group) done() {
	if g.slots != nil {
		<-g.slots
	}
	g.wait.Done()
}
