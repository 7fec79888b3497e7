// Pattern: deferred functions run last in, first out, so Done runs before the deferred
// write that came earlier.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// group synchronisation, order of defer statements around Done.
// Under load: whoever waits reads the duration while it is being written.
// Expected: GLC509, once the rule knows that the write comes after Done.

package main

import (
	"fmt"
	"sync"
	"time"
)

type trace struct {
	took time.Duration
}

func measure(work func()) trace {
	var t trace
	var wg sync.WaitGroup
	wg.Add(1)
	start := time.Now()
	go func() {
		defer func() {
			t.took = time.Since(start) // want-later "GLC509"
		}()
		defer wg.Done()
		work()
	}()
	wg.Wait()
	return t
}

func main() {
	for i := 0; i < 50; i++ {
		if measure(func() {}).took < 0 {
			fmt.Println("time ran backwards")
		}
	}
}
