// Package polling waits by asking again and again.
package polling

import (
	"sync/atomic"
	clock "time"
)

type Server struct{ ready atomic.Bool }

func While(ready func() bool) {
	for !ready() {
		clock.Sleep(clock.Second) // want "GLC404 this loop sleeps and asks again"
	}
}

func (s *Server) Flag() {
	for !s.ready.Load() {
		clock.Sleep(10 * clock.Millisecond) // want "GLC404"
	}
}

func Returns(ready func() bool) {
	for {
		if ready() {
			return
		}
		clock.Sleep(clock.Second) // want "GLC404"
	}
}

func Breaks(connect func() error) {
	for {
		if err := connect(); err == nil {
			break
		}
		clock.Sleep(clock.Second) // want "GLC404"
	}
}

func Labelled(connect func() error) {
wait:
	for {
		if connect() == nil {
			break wait
		}
		clock.Sleep(clock.Second) // want "GLC404"
	}
}

func Goroutine(ready func() bool, then func()) {
	go func() {
		for !ready() {
			clock.Sleep(clock.Second) // want "GLC404"
		}
		then()
	}()
}

func Generic[T comparable](get func() T, wanted T) {
	for get() != wanted {
		clock.Sleep(clock.Second) // want "GLC404"
	}
}

const pause = 5 * clock.Millisecond

func Swap(lock *atomic.Int32) {
	for !lock.CompareAndSwap(0, 1) {
		clock.Sleep(pause) // want "GLC404"
	}
}
