// Repair of bad.go: hold the lock only to put the finished pieces in.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type index struct {
	mu    sync.Mutex
	words map[string]int
}

func (x *index) rebuild(docs []string) {
	x.mu.Lock()
	x.words = map[string]int{}
	x.mu.Unlock()

	var wg sync.WaitGroup
	for _, d := range docs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			x.add(d)
		}()
	}
	wg.Wait()
}

func (x *index) add(doc string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words[doc]++
}

func scenario() {
	x := &index{}
	go x.rebuild([]string{"fox", "hen"})
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
