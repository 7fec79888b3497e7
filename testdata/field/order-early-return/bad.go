// Pattern: work is started in a goroutine, then a check fails and the function returns
// before it comes to the receive.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "premature function return".
// Under load: every rejected order leaves its tax goroutine blocked; a client that retries
// a bad order in a loop fills the heap.
// Expected: GLC201 at the send.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type order struct {
	id    string
	cents int64
	items int
}

var errEmptyOrder = errors.New("order has no items")

func taxFor(o order) int64 { return o.cents / 5 }

func total(o order) (int64, error) {
	tax := make(chan int64)
	go func() {
		tax <- taxFor(o) // want "GLC201"
	}()

	if o.items == 0 {
		return 0, errEmptyOrder
	}
	return o.cents + <-tax, nil
}

func scenario() {
	if _, err := total(order{id: "o-17", cents: 990}); err == nil {
		fmt.Println("an empty order went through")
	}
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
