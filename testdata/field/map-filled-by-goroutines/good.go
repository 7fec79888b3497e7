// Repair of bad.go: a mutex around the write.

package main

import (
	"fmt"
	"strings"
	"sync"
)

func wordCounts(pages []string) map[string]int {
	counts := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Add(1)
		go func(page string) {
			defer wg.Done()
			n := len(strings.Fields(page))
			mu.Lock()
			defer mu.Unlock()
			counts[page] = n
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
