// Pattern: a goroutine ranges over time.Tick; that channel is never closed and the ticker
// cannot be stopped.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), timer-driven
// goroutines; time.Tick in its documentation before Go 1.23.
// Under load: a goroutine and a ticker for every gauge that is registered, at the rate of
// registration.
// Expected: GLC103, GLC202 or GLC403 at the loop, whichever rule takes it.

package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type gauge struct {
	value atomic.Int64
	done  chan struct{}
}

func register(name string) *gauge {
	g := &gauge{done: make(chan struct{})}
	go func() { // allow "GLC103"
		for range time.Tick(25 * time.Millisecond) { // want "GLC(202|403)"
			g.value.Add(1)
		}
	}()
	return g
}

func (g *gauge) unregister() { close(g.done) }

func scenario() {
	g := register("queue-length")
	g.unregister()
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
