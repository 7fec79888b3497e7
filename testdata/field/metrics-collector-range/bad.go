// Pattern: a collector goroutine of a request ranges over a local channel; the request ends
// without a close.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "channel iteration misuse".
// Under load: one collector for each request, with all samples of that request.
// Expected: GLC202 at the range.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type sample struct {
	name  string
	value time.Duration
}

func collect(samples <-chan sample) {
	sums := map[string]time.Duration{}
	for s := range samples { // want "GLC202"
		sums[s.name] += s.value
	}
}

func checkout(steps []string) {
	samples := make(chan sample, 8)
	go collect(samples)

	for _, step := range steps {
		start := time.Now()
		samples <- sample{name: step, value: time.Since(start)}
	}
}

func scenario() {
	checkout([]string{"reserve", "pay", "ship"})
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
