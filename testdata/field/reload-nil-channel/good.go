// Repair of bad.go: make the channel where it is declared.

package main

import (
	"fmt"
	"runtime"
	"time"
)

var reloads = make(chan string, 20)

func announceReload(path string) {
	reloads <- path
}

func awaitReload(patience time.Duration) string {
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case path := <-reloads:
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
