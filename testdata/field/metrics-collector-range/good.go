// Repair of bad.go: defer close in the function that made the channel.

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
	for s := range samples {
		sums[s.name] += s.value
	}
}

func checkout(steps []string) {
	samples := make(chan sample, 8)
	defer close(samples)
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
