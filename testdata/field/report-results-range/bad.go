// Pattern: the reader of a fan-in ranges over the results; the workers only count down a
// WaitGroup and nobody closes.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "channel iteration misuse"; Tu et al., Understanding Real-World Concurrency Bugs in Go
// (ASPLOS 2019), section 5.1.2, channel and WaitGroup together.
// Under load: each report blocks its own request goroutine after the last row, the client
// sees a time-out although the work is done.
// Expected: GLC202 at the range.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type row struct {
	branch string
	cents  int64
}

func revenue(branch string) row { return row{branch: branch, cents: 100} }

func monthly(branches []string) int64 {
	rows := make(chan row, len(branches))
	var wg sync.WaitGroup
	for _, b := range branches {
		wg.Add(1)
		go func(branch string) {
			defer wg.Done()
			rows <- revenue(branch)
		}(b)
	}
	wg.Wait()

	var sum int64
	for r := range rows { // want "GLC202"
		sum += r.cents
	}
	return sum
}

func scenario() {
	go monthly([]string{"Oslo", "Riga"})
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
