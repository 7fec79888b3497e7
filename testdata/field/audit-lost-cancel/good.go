// Repair of bad.go: keep cancel and defer it.

package main

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type auditTrail struct {
	open atomic.Int64
}

func (a *auditTrail) follow(ctx context.Context) {
	a.open.Add(1)
	go func() {
		<-ctx.Done()
		a.open.Add(-1)
	}()
}

func changePassword(parent context.Context, trail *auditTrail, user string) int {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	trail.follow(ctx)
	return len(user)
}

func scenario() {
	changePassword(context.Background(), &auditTrail{}, "ada")
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
