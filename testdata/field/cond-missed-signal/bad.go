// Pattern: Cond.Wait without a loop over the condition; the signal came before and is not
// repeated.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Wait (a condition variable nobody signals any more).
// Under load: whoever comes after the one signal waits for ever, so exactly the late
// requests of a rush hang.
// Expected: GLC511 at the Wait call.

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
	w.cond.Wait() // want "GLC511"
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
