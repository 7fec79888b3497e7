// Repair of bad.go: defer cancel(nil); a second call with a cause is harmless.

package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var errStale = errors.New("stale snapshot")

type snapshot struct {
	version int
}

func (s snapshot) invalidate(ctx context.Context, dropped *atomic.Int64) {
	<-ctx.Done()
	dropped.Add(1)
}

func read(parent context.Context, s snapshot, want int) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	var dropped atomic.Int64
	go s.invalidate(ctx, &dropped)

	if s.version < want {
		cancel(errStale)
		return context.Cause(ctx)
	}
	return nil
}

func scenario() {
	if err := read(context.Background(), snapshot{version: 3}, 2); err != nil {
		fmt.Println(err)
	}
}

func main() {
	const rounds = 20
	before := runtime.NumGoroutine()
	for i := 0; i < rounds; i++ {
		scenario()
	}
	after := settle(before)
	fmt.Printf("goroutines before=%d after=%d\n", before, after)
	if after > before {
		fmt.Printf("LEAK %d\n", after-before)
		return
	}
	fmt.Println("OK")
}

// settle gives finished work about a second to go away.
func settle(before int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}
