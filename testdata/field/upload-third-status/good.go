// Repair of bad.go: a buffer for all sends of the goroutine.

package main

import (
	"fmt"
	"runtime"
	"time"
)

func store(chunks [][]byte) int {
	n := 0
	for _, c := range chunks {
		n += len(c)
	}
	return n
}

func upload(chunks [][]byte) string {
	status := make(chan string, 3)
	go func() {
		status <- "accepted"
		size := store(chunks)
		status <- fmt.Sprintf("stored %d bytes", size)
		status <- "indexed"
	}()
	return <-status
}

func scenario() {
	if upload([][]byte{{1}, {2, 3}}) == "" {
		fmt.Println("no status")
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
