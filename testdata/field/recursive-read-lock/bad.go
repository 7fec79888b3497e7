// Pattern: a reader takes the same read lock a second time; a writer that arrives in
// between waits for the first and blocks the second.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 RWMutex, the writer priority that is special to Go.
// Under load: rare with few requests, certain with many: all readers and writers of the
// board stop.
// Expected: GLC503 at the inner call.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type board struct {
	mu     sync.RWMutex
	scores map[string]int
	onRead func()
}

func (b *board) best() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	top := 0
	for _, s := range b.scores {
		top = max(top, s)
	}
	return top
}

func (b *board) isRecord(score int) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.onRead()
	return score > b.best() // want "GLC503"
}

func (b *board) set(player string, score int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.scores[player] = score
}

func scenario() {
	b := &board{scores: map[string]int{"ada": 10, "alan": 12}}
	b.onRead = func() { time.Sleep(3 * time.Millisecond) } // stands for a statistics hook
	go func() {
		for i := 0; i < 5; i++ {
			b.isRecord(i)
		}
	}()
	go func() {
		for i := 0; i < 20; i++ {
			b.set("ada", i)
			time.Sleep(time.Millisecond)
		}
	}()
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
