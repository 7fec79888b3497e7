// Pattern: a goroutine assigns to a named result while the function returns, and the return
// statement writes the same variable.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// capture by reference of named results.
// Under load: a caller sees a half-written answer when the background refresh and the
// return meet.
// Expected: GLC509 at the assignment in the goroutine.

package main

import (
	"fmt"
	"sync"
)

type balance struct {
	cents int64
	stale bool
}

func refresh(account string) balance {
	return balance{cents: int64(len(account)) * 100}
}

func current(account string, cached balance, refreshed *sync.WaitGroup) (b balance) {
	refreshed.Add(1)
	go func() {
		defer refreshed.Done()
		b = refresh(account) // want "GLC509"
	}()
	cached.stale = true
	return cached
}

func main() {
	var refreshed sync.WaitGroup
	sum := int64(0)
	for i := 0; i < 20; i++ {
		sum += current("savings", balance{cents: 5}, &refreshed).cents
	}
	refreshed.Wait()
	fmt.Println("cached cents", sum)
}
