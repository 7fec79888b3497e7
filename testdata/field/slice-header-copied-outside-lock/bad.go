// Pattern: appends are locked, but the slice itself is passed to the goroutine as an
// argument, which reads its header without the lock.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// slices: a data race even after using locks.
// Under load: readers see old lengths or a backing array that is being replaced.
// Expected: GLC509, once the rule follows arguments of go statements that are read while
// another goroutine writes.

package main

import (
	"fmt"
	"strconv"
	"sync"
)

type importer struct {
	mu sync.Mutex
}

func (p *importer) run(batches int) int {
	var results []string
	save := func(s string) {
		p.mu.Lock()
		defer p.mu.Unlock()
		results = append(results, s)
	}

	var wg sync.WaitGroup
	for i := 0; i < batches; i++ {
		wg.Add(1)
		go func(seen []string) {
			defer wg.Done()
			save("batch after " + strconv.Itoa(len(seen)))
		}(results) // want-later "GLC509"
	}
	wg.Wait()
	return len(results)
}

func main() {
	p := &importer{}
	for i := 0; i < 20; i++ {
		if p.run(8) != 8 {
			fmt.Println("a batch is missing")
		}
	}
}
