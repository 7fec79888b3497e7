// Repair of bad.go: make exactly one context, chosen by the branch.

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
	if timeout > 0 {
		ctx, cancel := context.WithTimeout(parent, timeout)
		defer cancel()
		return put(ctx, key)
	}
	ctx, cancel := context.WithCancel(parent)
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
