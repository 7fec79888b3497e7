// Repair of bad.go: defer Done first, so that it runs last.

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
		defer wg.Done()
		defer func() {
			t.took = time.Since(start)
		}()
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
