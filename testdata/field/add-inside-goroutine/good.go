// Repair of bad.go: Add before the go statement.

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
		wg.Add(1)
		go func(i int, title string) {
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
