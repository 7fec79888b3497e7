// Repair of bad.go: the inner function works without the lock.

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

// best needs b.mu held.
func (b *board) best() int {
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
	return score > b.best()
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
