//go:build go1.21

// Repair of bad.go: pass the value as an argument.

package main

import (
	"fmt"
	"sync"
)

type letter struct {
	to string
}

type postbox struct {
	mu   sync.Mutex
	sent []string
}

func (b *postbox) drop(l letter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent = append(b.sent, l.to)
}

func mailAll(b *postbox, letters []letter) {
	var wg sync.WaitGroup
	for _, l := range letters {
		wg.Add(1)
		go func(l letter) {
			defer wg.Done()
			b.drop(l)
		}(l)
	}
	wg.Wait()
}

func main() {
	letters := []letter{{"ada"}, {"alan"}, {"grace"}, {"edsger"}}
	b := &postbox{}
	for i := 0; i < 20; i++ {
		mailAll(b, letters)
	}
	fmt.Println("sent", len(b.sent))
}
