// Pattern: a heartbeat goroutine selects between its ticker and updates and has no case
// that ends it.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "method contract violation" without any stop; timers that keep goroutines alive.
// Under load: a goroutine and a running ticker for each connection that ever was, all of
// them still sending heartbeats.
// Expected: GLC103 at the go statement; GLC402 may add the ticker.

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
	ticker := time.NewTicker(20 * time.Millisecond) // allow "GLC402"
	go func() {                                     // want "GLC103"
		for {
			select {
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
