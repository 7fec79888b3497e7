// Pattern: continue in a loop skips the unlock at its end, the next turn locks again.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Mutex; Liu et al., Automatically Detecting and Fixing Concurrency Bugs in Go
// (GCatch, ASPLOS 2021), forget-unlock and double-lock checkers.
// Under load: the first sold-out article stops the nightly count and everyone else who
// needs the stock.
// Expected: GLC501 or GLC503 at the Lock call.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type stock struct {
	mu    sync.Mutex
	count map[string]int
}

func (s *stock) reorder(articles []string) []string {
	short := []string{}
	for _, a := range articles {
		s.mu.Lock() // want "GLC50[13]"
		n, known := s.count[a]
		if !known {
			continue
		}
		if n < 5 {
			short = append(short, a)
		}
		s.mu.Unlock()
	}
	return short
}

func scenario() {
	s := &stock{count: map[string]int{"pen": 2, "ink": 9}}
	go s.reorder([]string{"pen", "rubber", "ink"})
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
