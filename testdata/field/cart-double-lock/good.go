// Repair of bad.go: an inner function without the lock for callers who hold it.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type cart struct {
	mu     sync.Mutex
	prices []int64
	coupon int64
}

func (c *cart) total() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sum()
}

// sum needs c.mu held.
func (c *cart) sum() int64 {
	var sum int64
	for _, p := range c.prices {
		sum += p
	}
	return sum - c.coupon
}

func (c *cart) redeem(cents int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sum() < cents {
		return false
	}
	c.coupon += cents
	return true
}

func scenario() {
	c := &cart{prices: []int64{500, 700}}
	go c.redeem(200)
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
