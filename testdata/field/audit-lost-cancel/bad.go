// Pattern: the cancel function is thrown away with the blank identifier while a goroutine
// waits for that context.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, messaging libraries (context); Saioc et al., Unveiling and Vanquishing Goroutine
// Leaks (CGO 2024), receive from ctx.Done that never fires.
// Under load: one waiting goroutine and one context node for every request.
// Expected: GLC301 at the assignment.

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
	ctx, _ := context.WithCancel(parent) // want "GLC301"
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
