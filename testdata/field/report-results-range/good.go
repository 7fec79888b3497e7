// Repair of bad.go: a goroutine waits for the workers and then closes the results.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type row struct {
	branch string
	cents  int64
}

func revenue(branch string) row { return row{branch: branch, cents: 100} }

func monthly(branches []string) int64 {
	rows := make(chan row, len(branches))
	var wg sync.WaitGroup
	for _, b := range branches {
		wg.Add(1)
		go func(branch string) {
			defer wg.Done()
			rows <- revenue(branch)
		}(b)
	}
	go func() {
		wg.Wait()
		close(rows)
	}()

	var sum int64
	for r := range rows {
		sum += r.cents
	}
	return sum
}

func scenario() {
	go monthly([]string{"Oslo", "Riga"})
}

func main() {
	const rounds = 20
	before := runtime.NumGoroutine()
	for i := 0; i < rounds; i++ {
		scenario()
	}
	after := settle(before)
	fmt.Printf("goroutines before=%d after=%d\n", before, after)
	if after > before {
		fmt.Printf("LEAK %d\n", after-before)
		return
	}
	fmt.Println("OK")
}

// settle gives finished work about a second to go away.
func settle(before int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}
