// Package ticks is ruled by a Go version in which nothing stops the ticker of time.Tick.
package ticks

import (
	"context"
	clock "time"
)

type Poller struct{ done chan struct{} }

func Follow(ctx context.Context, poll func()) {
	tick := clock.Tick(clock.Second) // want "GLC403 this ticker goes on when the function has returned"
	for {
		select {
		case <-tick:
			poll()
		case <-ctx.Done():
			return
		}
	}
}

func (p *Poller) Run(poll func()) {
	tick := clock.Tick(clock.Second) // want "GLC403"
loop:
	for {
		select {
		case <-p.done:
			break loop
		case <-tick:
			poll()
			continue loop
		}
	}
}

func Ranges(poll func() bool) {
	for range clock.Tick(clock.Second) { // want "GLC403"
		if poll() {
			return
		}
	}
}

func RangesVariable(poll func() error) error {
	tick := clock.Tick(clock.Second) // want "GLC403"
	for range tick {
		if err := poll(); err != nil {
			return err
		}
	}
	return nil
}

func Once() {
	<-clock.Tick(clock.Second) // want "GLC403"
}

func EveryTurn(in <-chan int, handle func(int)) {
	for {
		select {
		case n := <-in:
			handle(n)
		case <-clock.Tick(clock.Second): // want "GLC403 every turn of this loop starts a ticker"
		}
	}
}

func Goroutine(poll func()) {
	go func() {
		for range clock.Tick(clock.Second) { // want "GLC403 this goroutine and its ticker never end"
			poll()
		}
	}()
}

func Generic[T any](done <-chan T, poll func()) {
	tick := clock.Tick(clock.Second) // want "GLC403"
	for {
		select {
		case <-tick:
			poll()
		case <-done:
			return
		}
	}
}
