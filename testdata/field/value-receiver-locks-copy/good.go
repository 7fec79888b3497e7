// Repair of bad.go: a pointer receiver.

package main

import (
	"fmt"
	"sync"
)

type inbox struct {
	mu     sync.Mutex
	unread map[string]int
}

func (b *inbox) deliver(user string) {
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
			b.deliver("ada")
		}()
	}
	wg.Wait()
	fmt.Println("unread", b.unread["ada"])
}
