// Repair of bad.go: count what is started.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type calendar struct {
	mu     sync.Mutex
	events []string
}

func (c *calendar) pull(source string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, source)
}

func (c *calendar) sync() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		c.pull("work")
	}()
	go func() {
		defer wg.Done()
		c.pull("holidays")
	}()
	wg.Wait()
}

func scenario() {
	c := &calendar{}
	go c.sync()
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
