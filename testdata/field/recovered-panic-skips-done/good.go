// Repair of bad.go: defer Done before the recover.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type ledgerRow struct {
	account string
	cents   int64
}

func book(rows []ledgerRow) {
	var wg sync.WaitGroup
	for _, r := range rows {
		wg.Add(1)
		go func(r ledgerRow) {
			defer wg.Done()
			defer func() {
				if recover() != nil {
					return
				}
			}()
			if r.account == "" {
				panic("row without account")
			}
		}(r)
	}
	wg.Wait()
}

func scenario() {
	go book([]ledgerRow{{"a-1", 5}, {"", 7}})
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
