// Repair of bad.go: an atomic counter for what readers change.

package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type document struct {
	body string
	hits atomic.Int64
}

type library struct {
	mu   sync.RWMutex
	main document
}

func (l *library) open() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.main.hits.Add(1)
	return l.main.body
}

func main() {
	l := &library{}
	l.main.body = "chapter one"
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if l.open() == "" {
				fmt.Println("empty document")
			}
		}()
	}
	wg.Wait()
}
