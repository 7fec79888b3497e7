// Pattern: goroutines of a loop write to one captured map.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// concurrent map access.
// Under load: the runtime stops the whole process with "concurrent map writes", which no
// recover can catch.
// Expected: GLC508 at the write.

package main

import (
	"fmt"
	"strings"
	"sync"
)

func wordCounts(pages []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Add(1)
		go func(page string) {
			defer wg.Done()
			counts[page] = len(strings.Fields(page)) // want "GLC508"
		}(page)
	}
	wg.Wait()
	return counts
}

func main() {
	if len(wordCounts([]string{"the red fox", "a hen", "one two three"})) == 0 {
		fmt.Println("nothing counted")
	}
}
