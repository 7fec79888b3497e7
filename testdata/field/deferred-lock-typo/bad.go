// Pattern: defer mu.Lock() where defer mu.Unlock() was meant.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Mutex, double locking; Liu et al., Automatically Detecting and Fixing Concurrency
// Bugs in Go (GCatch, ASPLOS 2021), double-lock checker.
// Under load: the first counted visit blocks in its own return, all others at the door.
// Expected: GLC506 at the defer statement.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type visits struct {
	mu   sync.Mutex
	page map[string]int
}

func (v *visits) count(page string) {
	v.mu.Lock()
	defer v.mu.Lock() // want "GLC506"
	v.page[page]++
}

func scenario() {
	v := &visits{page: map[string]int{}}
	go v.count("/index")
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
