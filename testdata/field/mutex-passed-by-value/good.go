// Repair of bad.go: a pointer to the mutex.

package main

import (
	"fmt"
	"sync"
)

type tally struct {
	votes int
}

func vote(t *tally, mu *sync.Mutex) {
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
			vote(t, &mu)
		}()
	}
	wg.Wait()
	fmt.Println("votes", t.votes)
}
