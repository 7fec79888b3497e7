// Repair of bad.go: the missing two letters.

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
	defer v.mu.Unlock()
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
