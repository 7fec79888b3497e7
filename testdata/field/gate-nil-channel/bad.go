// Pattern: a local gate channel is declared with var, never made, then received from.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), operations on
// nil channels.
// Under load: every request that goes through the closed gate stays there.
// Expected: GLC207 at the receive.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type ticket struct {
	seat string
	paid bool
}

func sell(seats []string) int {
	var opened chan struct{}
	sold := []ticket{}
	for _, s := range seats {
		sold = append(sold, ticket{seat: s, paid: true})
	}
	<-opened // want "GLC207"
	return len(sold)
}

func scenario() {
	go sell([]string{"A1", "A2"})
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
