// Repair of bad.go: defer the release right after the acquire.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type crawler struct {
	slots chan struct{}
	pages atomic.Int64
}

var errNotFound = errors.New("page not found")

func (c *crawler) visit(path string) error {
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	if path == "" {
		return errNotFound
	}
	c.pages.Add(1)
	return nil
}

func scenario() {
	c := &crawler{slots: make(chan struct{}, 2)}
	for _, path := range []string{"", ""} {
		if c.visit(path) == nil {
			fmt.Println("visited nothing")
		}
	}
	go c.visit("/home")
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
