// Repair of bad.go: lock the read as well.

package main

import (
	"fmt"
	"sync"
)

type limits struct {
	mu   sync.Mutex
	used map[string]int
}

func (l *limits) spend(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used[key]++
}

func (l *limits) exhausted(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.used[key] > 100
}

func serve(l *limits, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func(key string) {
			defer wg.Done()
			if !l.exhausted(key) {
				l.spend(key)
			}
		}(key)
	}
	wg.Wait()
}

func main() {
	l := &limits{used: map[string]int{}}
	for i := 0; i < 20; i++ {
		serve(l, []string{"ada", "alan", "grace"})
	}
	fmt.Println("keys", len(l.used))
}
