// Pattern: a method that only reads at first sight counts its hits, and holds just the read
// lock.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// mutating shared data in a critical section of a reader.
// Under load: read locks let readers in together, so hits are lost and the hot key looks
// cold.
// Expected: GLC513 at the write.

package main

import (
	"fmt"
	"sync"
)

type document struct {
	body string
	hits int
}

type library struct {
	mu   sync.RWMutex
	main document
}

func (l *library) open() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.main.hits++ // want "GLC513"
	return l.main.body
}

func main() {
	l := &library{main: document{body: "chapter one"}}
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
