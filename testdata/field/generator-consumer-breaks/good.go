// Repair of bad.go: a stop channel that the consumer closes on its way out.

package main

import (
	"fmt"
	"runtime"
	"time"
)

func invoiceNumbers(stop <-chan struct{}, from int) <-chan int {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := from; n < from+1000; n++ {
			select {
			case numbers <- n:
			case <-stop:
				return
			}
		}
	}()
	return numbers
}

func firstPage(size int) []int {
	stop := make(chan struct{})
	defer close(stop)
	page := []int{}
	for n := range invoiceNumbers(stop, 7000) {
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
