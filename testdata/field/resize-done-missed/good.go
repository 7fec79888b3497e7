// Repair of bad.go: defer Done first.

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
		go func() {
			defer wg.Done()
			size, err := decode(p)
			if err != nil {
				return
			}
			sizes[i] = size
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
