// Repair of bad.go: wait in a loop that looks at the condition first.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type warmup struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
}

func newWarmup() *warmup {
	w := &warmup{}
	w.cond = sync.NewCond(&w.mu)
	return w
}

func (w *warmup) finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ready = true
	w.cond.Broadcast()
}

func (w *warmup) await() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !w.ready {
		w.cond.Wait()
	}
}

func scenario() {
	w := newWarmup()
	w.finish()
	go w.await()
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
