// Pattern: a send on an unbuffered channel before the goroutine that will receive it has
// been started.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, blocking at a send in the order of operations; Liu et al., Automatically Detecting
// and Fixing Concurrency Bugs in Go (GCatch, ASPLOS 2021), BMOC.
// Under load: each boot of a tenant blocks at once and for ever.
// Expected: GLC203 at the send.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type tenant struct {
	name  string
	ready chan struct{}
}

func (t *tenant) announce(signal <-chan struct{}) {
	<-signal
	close(t.ready)
}

func (t *tenant) boot() {
	signal := make(chan struct{})
	signal <- struct{}{} // want "GLC203"
	go t.announce(signal)
	<-t.ready
}

func scenario() {
	t := &tenant{name: "acme", ready: make(chan struct{})}
	go t.boot()
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
