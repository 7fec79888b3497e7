// Pattern: a method started with go polls in a loop that has no condition and no way out.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), goroutines
// without any exit, found as runaway live goroutines rather than partial deadlocks.
// Under load: one poller for every cache that is made; they wake up, call the backend and
// never end.
// Expected: GLC103 at the go statement.

package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type rateCache struct {
	refreshed atomic.Int64
	closed    chan struct{}
}

func newRateCache() *rateCache {
	c := &rateCache{closed: make(chan struct{})}
	go c.poll(50 * time.Millisecond) // want "GLC103"
	return c
}

func (c *rateCache) poll(every time.Duration) {
	for {
		c.refreshed.Add(1)
		time.Sleep(every)
	}
}

func (c *rateCache) Close() { close(c.closed) }

func convert(cents int64) int64 {
	c := newRateCache()
	defer c.Close()
	return cents * 2
}

func scenario() {
	convert(100)
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
