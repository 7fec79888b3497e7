// Pattern: a buffer of one for a goroutine that sends three times, to a caller who reads
// once.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "double send"; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019),
// section 5.1.2, buffered channel too small.
// Under load: each upload whose caller only wants the first word leaves a goroutine with
// its chunk buffer.
// Expected: GLC201 or GLC210 at the last send.

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
	status := make(chan string, 1)
	go func() {
		status <- "accepted"
		size := store(chunks)
		status <- fmt.Sprintf("stored %d bytes", size)
		status <- "indexed" // want "GLC(201|210)"
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
