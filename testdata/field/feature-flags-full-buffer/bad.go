// Pattern: a buffer for one element takes two sends before anyone reads.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, buffered channel full; Liu et al., Automatically Detecting and Fixing Concurrency
// Bugs in Go (GCatch, ASPLOS 2021), BMOC.
// Under load: the second flag of any request blocks it for ever.
// Expected: GLC203 at the second send.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type flagSet struct {
	on []string
}

func loadFlags(user string) flagSet {
	pending := make(chan string, 1)
	pending <- "dark-mode:" + user
	pending <- "beta-search:" + user // want "GLC203"

	set := flagSet{}
	set.on = append(set.on, <-pending)
	set.on = append(set.on, <-pending)
	return set
}

func scenario() {
	go loadFlags("ada")
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
