// Pattern: a goroutine returns on one branch without its send, and the reader waits for a
// fixed number of results.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, missing send; Liu et al., Automatically Detecting and Fixing Concurrency Bugs in
// Go (GCatch, ASPLOS 2021), BMOC at a receive.
// Under load: the first shard without an index stops its search for good, with the request,
// its memory and its connection.
// Expected: GLC210 at the receive.

package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

type shard struct {
	docs []string
}

func (s shard) search(word string, hits chan<- []string) {
	if len(s.docs) == 0 {
		return
	}
	found := []string{}
	for _, d := range s.docs {
		if strings.Contains(d, word) {
			found = append(found, d)
		}
	}
	hits <- found
}

func searchAll(word string) []string {
	hits := make(chan []string)
	full, empty := shard{docs: []string{"red fox", "red hen"}}, shard{}
	go full.search(word, hits)
	go empty.search(word, hits)

	all := []string{}
	for i := 0; i < 2; i++ {
		all = append(all, <-hits...) // want "GLC210"
	}
	return all
}

func scenario() {
	go searchAll("red")
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
