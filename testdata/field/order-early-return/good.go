// Repair of bad.go: check first, start the goroutine only once nothing can return before
// its receive.

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
	if o.items == 0 {
		return 0, errEmptyOrder
	}

	tax := make(chan int64)
	go func() {
		tax <- taxFor(o)
	}()
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
