// Repair of bad.go: give the read lock back before the write lock is taken.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type avatarCache struct {
	mu    sync.RWMutex
	bytes map[string][]byte
}

func (c *avatarCache) get(user string) []byte {
	c.mu.RLock()
	b, ok := c.bytes[user]
	c.mu.RUnlock()
	if ok {
		return b
	}
	b = []byte("avatar of " + user)
	c.mu.Lock()
	c.bytes[user] = b
	c.mu.Unlock()
	return b
}

func scenario() {
	c := &avatarCache{bytes: map[string][]byte{}}
	go c.get("ada")
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
