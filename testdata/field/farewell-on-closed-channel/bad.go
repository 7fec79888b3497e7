// Pattern: the stream is closed and then gets one last message; the panic is recovered, the
// subscriber list is never told.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 6.1.2, send on a closed channel.
// Under load: each chat that ends panics inside its handler and strands the goroutines that
// wait for the room to empty.
// Expected: GLC206 at the send.

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
	close(r.messages)
	r.messages <- name + " has left" // want "GLC206"
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
