// Repair of bad.go: each goroutine writes its own element.

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
	found := make([]hotel, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Add(1)
		go func(i int, name string) {
			defer wg.Done()
			found[i] = priceOf(name)
		}(i, name)
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
