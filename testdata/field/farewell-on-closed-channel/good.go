// Repair of bad.go: send first, close last.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type room struct {
	messages chan string
	empty    chan struct{}
}

func (r *room) leave(name string) {
	defer func() {
		if recover() == nil {
			close(r.empty)
		}
	}()
	r.messages <- name + " has left"
	close(r.messages)
}

func scenario() {
	r := &room{messages: make(chan string, 1), empty: make(chan struct{})}
	go func() {
		<-r.empty
	}()
	r.leave("Ada")
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
