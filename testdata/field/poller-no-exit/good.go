// Repair of bad.go: the loop watches a channel that Close closes.

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
	go c.poll(50 * time.Millisecond)
	return c
}

func (c *rateCache) poll(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		c.refreshed.Add(1)
		select {
		case <-ticker.C:
		case <-c.closed:
			return
		}
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
