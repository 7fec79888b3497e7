// Pattern: goroutines append to one captured slice without a lock.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// slices; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 6.1.1, anonymous functions.
// Under load: results overwrite each other, and the list comes out shorter than the work
// done.
// Expected: GLC509 at the append.

package main

import (
	"fmt"
	"sync"
)

type hotel struct {
	name  string
	price int
}

func priceOf(name string) hotel { return hotel{name: name, price: len(name) * 10} }

func offers(names []string) []hotel {
	var found []hotel
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			found = append(found, priceOf(name)) // want "GLC509"
		}(name)
	}
	wg.Wait()
	return found
}

func main() {
	for i := 0; i < 20; i++ {
		if len(offers([]string{"Ritz", "Adlon", "Savoy", "Sacher"})) == 0 {
			fmt.Println("no offers")
		}
	}
}
