// Repair of bad.go: defer cancel.

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
	ctx, cancel := context.WithCancel(conn)
	defer cancel()
	value := lookup(ctx, key)
	if key == "" {
		return "no key"
	}
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
