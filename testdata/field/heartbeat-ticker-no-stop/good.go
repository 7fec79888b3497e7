// Repair of bad.go: a context case that returns, and a deferred Stop.

package main

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type peer struct {
	name  string
	beats atomic.Int64
}

func (p *peer) keepAlive(ctx context.Context, updates <-chan string) {
	go func() {
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				p.beats.Add(1)
			case <-updates:
				p.beats.Store(0)
			}
		}
	}()
}

func scenario() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p := &peer{name: "edge-7"}
	p.keepAlive(ctx, make(chan string))
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
