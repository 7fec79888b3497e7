// Pattern: a package variable of channel type that is declared and never made.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), operations on
// nil channels; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019),
// section 5.1.2.
// Under load: each configuration change blocks the goroutine that announces it, with the
// new configuration in hand.
// Expected: GLC207 at the send.

package main

import (
	"fmt"
	"runtime"
	"time"
)

var reloads chan string

func announceReload(path string) {
	reloads <- path // want "GLC207"
}

func awaitReload(patience time.Duration) string {
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case path := <-reloads: // allow "GLC207"
		return path
	case <-timeout.C:
		return ""
	}
}

func scenario() {
	go announceReload("/etc/app.toml")
	if path := awaitReload(5 * time.Millisecond); path != "" {
		return
	}
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
