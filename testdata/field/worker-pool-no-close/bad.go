// Pattern: the workers of a pool range over a job channel that nobody closes.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "channel iteration misuse" (range without close).
// Under load: every batch leaves its whole pool behind, each worker with the buffers of its
// last job.
// Expected: GLC202 at the range.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type mail struct {
	to string
}

func deliver(m mail) int { return len(m.to) }

func sendNewsletter(mails []mail) {
	jobs := make(chan mail)
	for i := 0; i < 3; i++ {
		go func() {
			for m := range jobs { // want "GLC202"
				deliver(m)
			}
		}()
	}
	for _, m := range mails {
		jobs <- m
	}
}

func scenario() {
	sendNewsletter([]mail{{"ada@example.com"}, {"alan@example.com"}})
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
