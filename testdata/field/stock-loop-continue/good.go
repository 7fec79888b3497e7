// Repair of bad.go: unlock before the continue, or lock in a small function.

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
		s.mu.Lock()
		n, known := s.count[a]
		s.mu.Unlock()
		if known && n < 5 {
			short = append(short, a)
		}
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
