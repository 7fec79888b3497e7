// Pattern: two goroutines greet each other with a send first and a receive second, both on
// unbuffered channels.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, circular wait on channels; Liu et al., Automatically Detecting and Fixing
// Concurrency Bugs in Go (GCatch, ASPLOS 2021), BMOC with two channels.
// Under load: every handshake stops both sides.
// Expected: none yet; GLC203 is the closest in kind.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type party struct {
	name string
	in   chan string
}

func (p *party) greet(other *party) string {
	other.in <- p.name // want-later "GLC203"
	return <-p.in
}

func scenario() {
	a, b := &party{"a", make(chan string)}, &party{"b", make(chan string)}
	go a.greet(b)
	go b.greet(a)
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
