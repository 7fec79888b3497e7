// Repair of bad.go: Wait after the loop.

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
	}
	group.Wait()
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
