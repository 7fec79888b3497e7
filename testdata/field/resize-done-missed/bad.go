// Pattern: a worker returns early on an error, its Done stands at the end of the function.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Wait (Done not called on a path).
// Under load: one broken picture blocks the album request for ever.
// Expected: GLC107 at the go statement.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

type picture struct {
	name   string
	pixels int
}

var errCorrupt = errors.New("corrupt picture")

func decode(p picture) (int, error) {
	if p.pixels == 0 {
		return 0, errCorrupt
	}
	return p.pixels / 2, nil
}

func resizeAlbum(album []picture) []int {
	sizes := make([]int, len(album))
	var wg sync.WaitGroup
	for i, p := range album {
		wg.Add(1)
		go func() { // want "GLC107"
			size, err := decode(p)
			if err != nil {
				return
			}
			sizes[i] = size
			wg.Done()
		}()
	}
	wg.Wait()
	return sizes
}

func scenario() {
	go resizeAlbum([]picture{{"sea", 640}, {"dunes", 0}})
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
