// Repair of bad.go: a ticker of its own with Stop, and a done channel.

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
	go func() {
		ticker := time.NewTicker(25 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				g.value.Add(1)
			case <-g.done:
				return
			}
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
