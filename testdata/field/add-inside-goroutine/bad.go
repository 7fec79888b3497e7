// Pattern: Add is called in the goroutine that it counts, so Wait may come first and find
// nothing to wait for.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// group synchronisation, Add in the wrong place; Tu et al., Understanding Real-World
// Concurrency Bugs in Go (ASPLOS 2019), section 6.1.1 WaitGroup.
// Under load: with a busy scheduler the report is sent before its parts are in.
// Expected: GLC106 at the Add call.

package main

import (
	"fmt"
	"sync"
)

func section(title string) string { return "# " + title }

func gather(titles []string) []string {
	sections := make([]string, len(titles))
	var wg sync.WaitGroup
	for i, title := range titles {
		go func(i int, title string) {
			wg.Add(1) // want "GLC106"
			defer wg.Done()
			sections[i] = section(title)
		}(i, title)
	}
	wg.Wait()
	return sections
}

func main() {
	bytes := 0
	for i := 0; i < 20; i++ {
		for _, s := range gather([]string{"sales", "costs", "outlook"}) {
			bytes += len(s)
		}
	}
	fmt.Println("bytes", bytes)
}
