// Repair of bad.go: make the gate before it is handed out.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type ticket struct {
	seat string
	paid bool
}

func sell(seats []string) int {
	opened := make(chan struct{})
	time.AfterFunc(time.Millisecond, func() { close(opened) })
	sold := []ticket{}
	for _, s := range seats {
		sold = append(sold, ticket{seat: s, paid: true})
	}
	<-opened
	return len(sold)
}

func scenario() {
	go sell([]string{"A1", "A2"})
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
