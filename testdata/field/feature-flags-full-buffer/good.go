// Repair of bad.go: a buffer for all the values that are put in before the first read.

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
	pending := make(chan string, 2)
	pending <- "dark-mode:" + user
	pending <- "beta-search:" + user

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
