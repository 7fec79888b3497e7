// Pattern: a context with cancel is replaced by one with a timeout, the first cancel
// function is overwritten and lost.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, figure with context.WithCancel and WithTimeout (etcd).
// Under load: each call with a timeout leaves what the first context started.
// Expected: GLC301 at the first assignment.

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

type lease struct {
	id   int64
	lost chan struct{}
}

type leaseContext struct {
	context.Context
	lease lease
}

func (c leaseContext) Done() <-chan struct{} { return c.lease.lost }

func put(ctx context.Context, key string) bool { return ctx.Err() == nil && key != "" }

func write(parent leaseContext, key string, timeout time.Duration) bool {
	ctx, cancel := context.WithCancel(parent) // want "GLC301"
	if timeout > 0 {
		ctx, cancel = context.WithTimeout(parent, timeout)
	}
	defer cancel()
	return put(ctx, key)
}

func scenario() {
	parent := leaseContext{context.Background(), lease{id: 7, lost: make(chan struct{})}}
	write(parent, "config/timeout", time.Minute)
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
