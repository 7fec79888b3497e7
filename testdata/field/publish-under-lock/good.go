// Repair of bad.go: copy under the lock, send without it.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type topic struct {
	mu     sync.Mutex
	queue  []string
	events chan string
}

func (t *topic) publish() {
	t.mu.Lock()
	pending := append([]string(nil), t.queue...)
	t.mu.Unlock()
	for _, e := range pending {
		t.events <- e
	}
}

func (t *topic) subscribe(n int) {
	for i := 0; i < n; i++ {
		<-t.events
		t.mu.Lock()
		t.queue = t.queue[:max(0, len(t.queue)-1)]
		t.mu.Unlock()
	}
}

func scenario() {
	t := &topic{queue: []string{"created", "paid", "shipped"}, events: make(chan string)}
	go t.publish()
	go t.subscribe(3)
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
