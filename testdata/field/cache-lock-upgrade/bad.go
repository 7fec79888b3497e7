// Pattern: a read lock is held when the write lock of the same RWMutex is taken; there is
// no upgrade in Go.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 RWMutex.
// Under load: every cache miss blocks for ever, and a blocked writer stops all new readers.
// Expected: GLC503 at the Lock call.

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
	defer c.mu.RUnlock()
	if b, ok := c.bytes[user]; ok {
		return b
	}
	b := []byte("avatar of " + user)
	c.mu.Lock() // want "GLC503"
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
