// Pattern: a method with a value receiver locks the mutex of its copy, while the map inside
// is shared by all copies.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// pass by value of synchronisation objects, method invoked on a copy.
// Under load: as if there were no lock: the process ends with a concurrent map write.
// Expected: GLC505 at the receiver.

package main

import (
	"fmt"
	"sync"
)

type inbox struct {
	mu     sync.Mutex
	unread map[string]int
}

func (b inbox) deliver(user string) { // want "GLC505"
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unread[user]++
}

func main() {
	b := &inbox{unread: map[string]int{}}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.deliver("ada") // allow "GLC505"
		}()
	}
	wg.Wait()
	fmt.Println("unread", b.unread["ada"])
}
