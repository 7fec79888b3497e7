// Pattern: a generator goroutine sends in a loop, its consumer breaks out as soon as it has
// enough.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, channel without a receiver left; the early exit case of Go pipelines.
// Under load: every page of results leaves its generator behind at the element after the
// last one read.
// Expected: GLC201 at the send.

package main

import (
	"fmt"
	"runtime"
	"time"
)

func invoiceNumbers(from int) <-chan int {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := from; n < from+1000; n++ {
			numbers <- n // want "GLC201"
		}
	}()
	return numbers
}

func firstPage(size int) []int {
	page := []int{}
	for n := range invoiceNumbers(7000) {
		page = append(page, n)
		if len(page) == size {
			break
		}
	}
	return page
}

func scenario() {
	if page := firstPage(10); len(page) != 10 {
		fmt.Println("short page", page)
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
