// Pattern: a future writes its error field from two sides: the worker when it is done, the
// waiter when its context ends first.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// mixing message passing with shared memory.
// Under load: at the time-out rate of the service, callers see the other side's error or a
// nil one.
// Expected: GLC509, once the rule covers fields of a receiver that the goroutine shares.

package main

import (
	"context"
	"fmt"
	"time"
)

type future struct {
	response string
	err      error
	done     chan struct{}
}

func (f *future) start(call func() (string, error)) {
	go func() {
		f.response, f.err = call() // want-later "GLC509"
		close(f.done)
	}()
}

func (f *future) wait(ctx context.Context) error {
	select {
	case <-f.done:
		return nil
	case <-ctx.Done():
		f.err = ctx.Err()
		return f.err
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	slow := func() (string, error) {
		time.Sleep(time.Millisecond)
		return "late", nil
	}
	for i := 0; i < 20; i++ {
		f := &future{done: make(chan struct{})}
		f.start(slow)
		if f.wait(ctx) == nil {
			fmt.Println("answered in time")
		}
		<-f.done
	}
}
