// Pattern: the WaitGroup counts all workers before the loop, and Wait stands inside the
// loop that starts them.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Wait, figure with Wait in the loop (Docker).
// Under load: every call for more than one plugin blocks after the first.
// Expected: GLC107 at the Wait call.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type pluginHost struct {
	mu     sync.Mutex
	loaded []string
}

func (h *pluginHost) load(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.loaded = append(h.loaded, name)
}

func (h *pluginHost) loadAll(names []string) {
	var group sync.WaitGroup
	group.Add(len(names))
	for _, name := range names {
		go func(name string) {
			defer group.Done()
			h.load(name)
		}(name)
		group.Wait() // want "GLC107"
	}
}

func scenario() {
	h := &pluginHost{}
	go h.loadAll([]string{"auth", "log", "volume"})
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
