// Pattern: a function waits for its workers while it holds the mutex that each of them
// takes.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Wait, together with a lock.
// Under load: the first rebuild blocks itself, its workers and every search.
// Expected: GLC502 at the Wait call.

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
	defer x.mu.Unlock()
	x.words = map[string]int{}

	var wg sync.WaitGroup
	for _, d := range docs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			x.add(d)
		}()
	}
	wg.Wait() // want "GLC502"
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
