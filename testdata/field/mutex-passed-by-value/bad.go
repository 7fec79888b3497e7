// Pattern: a function takes a mutex by value and locks its own copy.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// pass by value of synchronisation objects.
// Under load: the lock guards nothing, counts come out too low.
// Expected: GLC505 at the parameter; the call that copies may be reported too.

package main

import (
	"fmt"
	"sync"
)

type tally struct {
	votes int
}

func vote(t *tally, mu sync.Mutex) { // want "GLC505"
	mu.Lock()
	defer mu.Unlock()
	t.votes++
}

func main() {
	t := &tally{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			vote(t, mu) // allow "GLC505"
		}()
	}
	wg.Wait()
	fmt.Println("votes", t.votes)
}
