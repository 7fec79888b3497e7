// Package wait keeps cores busy.
package wait

import (
	"sync"
	"sync/atomic"
)

var ready bool

var count int64

type server struct {
	stopped atomic.Bool
	state   int32
	mu      sync.Mutex
	closed  bool
}

func forever() {
	for { // want "GLC905 .*for ever and does nothing.*select"
	}
}

func selects() {
	for { // want "GLC905"
		select {
		default:
		}
	}
}

func packageVariable() {
	for !ready { // want "GLC905 .*takes a whole core"
	}
}

func (s *server) atomicValue() {
	for !s.stopped.Load() { // want "GLC905"
	}
}

func (s *server) atomicFunction() {
	for atomic.LoadInt32(&s.state) != 2 { // want "GLC905"
	}
}

func (s *server) field() {
	for !s.closed { // want "GLC905"
		continue
	}
}

func (s *server) tries() {
	for !s.mu.TryLock() { // want "GLC905"
	}
}

func (s *server) swaps() {
	for !atomic.CompareAndSwapInt32(&s.state, 0, 1) { // want "GLC905"
	}
}

func captured(work func()) {
	done := false
	go func() {
		work()
		done = true
	}()
	for !done { // want "GLC905"
	}
}

func breaks() {
	for { // want "GLC905"
		if atomic.LoadInt64(&count) > 3 {
			break
		}
	}
}

func labelled() {
outer:
	for { // want "GLC905"
		if ready {
			break outer
		}
	}
}
