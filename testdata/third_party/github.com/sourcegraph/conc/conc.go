// Package conc declares what testdata uses of the package by this name.
package conc

import "sync"

// WaitGroup runs functions on goroutines and passes on their panics.
type WaitGroup struct {
	wait     sync.WaitGroup
	panicked any
}

// NewWaitGroup gives a group.
func NewWaitGroup() *WaitGroup { return &WaitGroup{} }

// Go runs f on a goroutine.
func (g *WaitGroup) Go(f func()) {
	g.wait.Add(1)
	go func() {
		defer g.wait.Done()
		defer func() { g.panicked = recover() }()
		f()
	}()
}

// Wait waits for all functions.
func (g *WaitGroup) Wait() {
	g.wait.Wait()
	if g.panicked != nil {
		panic(g.panicked)
	}
}
