// Pattern: a method that holds the mutex calls another method of the same value that locks
// it again.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Mutex, double locking; Liu et al., Automatically Detecting and Fixing Concurrency
// Bugs in Go (GCatch, ASPLOS 2021), double-lock checker.
// Under load: each coupon blocks its request for ever, and the cart with it.
// Expected: GLC503 at the call of the locking method.

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
	var sum int64
	for _, p := range c.prices {
		sum += p
	}
	return sum - c.coupon
}

func (c *cart) redeem(cents int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.total() < cents { // want "GLC503"
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
