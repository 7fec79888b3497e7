// Package pool declares what testdata uses of the package by this name.
package pool

import "github.com/sourcegraph/conc"

// Pool runs functions on a bounded number of goroutines.
type Pool struct {
	group conc.WaitGroup
	slots chan struct{}
}

// New gives a pool.
func New() *Pool { return &Pool{} }

// WithMaxGoroutines bounds it.
func (p *Pool) WithMaxGoroutines(n int) *Pool {
	p.slots = make(chan struct{}, n)
	return p
}

// Go runs f on a goroutine.
func (p *Pool) Go(f func()) {
	if p.slots != nil {
		p.slots <- struct{}{}
	}
	p.group.Go(func() {
		if p.slots != nil {
			defer func() { <-p.slots }()
		}
		f()
	})
}

// Wait waits for all functions.
func (p *Pool) Wait() { p.group.Wait() }
