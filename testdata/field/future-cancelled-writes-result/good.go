// Repair of bad.go: the worker sends its result, and only the waiter writes.

package main

import (
	"context"
	"fmt"
	"time"
)

type future struct {
	response string
	err      error
	done     chan answer
}

type answer struct {
	response string
	err      error
}

func (f *future) start(call func() (string, error)) {
	go func() {
		response, err := call()
		f.done <- answer{response, err}
	}()
}

func (f *future) wait(ctx context.Context) error {
	select {
	case a := <-f.done:
		f.response, f.err = a.response, a.err
		return f.err
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
		f := &future{done: make(chan answer, 1)}
		f.start(slow)
		if f.wait(ctx) == nil {
			fmt.Println("answered in time")
		}
	}
}
