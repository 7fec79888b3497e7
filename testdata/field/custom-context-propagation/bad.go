// Pattern: a context type of its own as parent makes WithCancel start a goroutine, which
// lives until cancel is called; one path does not.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, messaging libraries (context.WithCancel starts a goroutine, etcd example);
// propagation in package context.
// Under load: a hidden goroutine of package context for each rejected call, no go statement
// to be seen in the service.
// Expected: GLC301 at the assignment.

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// connContext ends when its connection hangs up.
type connContext struct {
	context.Context
	hungUp chan struct{}
}

func (c connContext) Done() <-chan struct{} { return c.hungUp }

func (c connContext) Err() error {
	select {
	case <-c.hungUp:
		return context.Canceled
	default:
		return nil
	}
}

func lookup(ctx context.Context, key string) string {
	if ctx.Err() != nil {
		return ""
	}
	return "value of " + key
}

func answer(conn connContext, key string) string {
	ctx, cancel := context.WithCancel(conn) // want "GLC301"
	value := lookup(ctx, key)
	if key == "" {
		return "no key"
	}
	cancel()
	return value
}

func scenario() {
	conn := connContext{Context: context.Background(), hungUp: make(chan struct{})}
	answer(conn, "")
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
