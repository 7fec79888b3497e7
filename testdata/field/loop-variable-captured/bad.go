//go:build go1.21

// Pattern: goroutines of a loop use its variable, which all turns share before Go 1.22.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// capture by reference of the loop variable; Tu et al., Understanding Real-World
// Concurrency Bugs in Go (ASPLOS 2019), section 6.1.1, anonymous functions.
// Under load: some mails go out twice and some never, depending on how busy the scheduler
// is.
// Expected: GLC110 at the go statement or the use of the variable.

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
		go func() { // allow "GLC110"
			defer wg.Done()
			b.drop(l) // want "GLC110"
		}()
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
