// Pattern: the consumer goroutine returns at the first bad job, the producer goes on
// sending to nobody.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "premature function return" on the receiving side; Tu et al., Understanding Real-World
// Concurrency Bugs in Go (ASPLOS 2019), section 5.1.2.
// Under load: one bad message stops the producer for ever, with everything that is queued
// behind it.
// Expected: GLC201 or GLC203 at the send, once a rule follows the receiver's early exits.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type job struct {
	id    int
	bytes int
}

func transcode(jobs <-chan job) {
	for j := range jobs {
		if j.bytes == 0 {
			return
		}
	}
}

func enqueue(queue []job) {
	jobs := make(chan job)
	defer close(jobs)
	go transcode(jobs)
	for _, j := range queue {
		jobs <- j // want-later "GLC20[13]"
	}
}

func scenario() {
	go enqueue([]job{{1, 10}, {2, 0}, {3, 30}, {4, 40}})
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
