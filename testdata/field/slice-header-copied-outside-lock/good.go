// Repair of bad.go: hand over nothing, read under the lock.

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
	save := func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		results = append(results, "batch after "+strconv.Itoa(len(results)))
	}

	var wg sync.WaitGroup
	for i := 0; i < batches; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			save()
		}()
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
