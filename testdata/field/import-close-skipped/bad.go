// Pattern: the close of the job channel stands at the end of the function, an early return
// on an error skips it.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "channel iteration misuse" on an error path; Liu et al., Automatically Detecting and
// Fixing Concurrency Bugs in Go (GCatch, ASPLOS 2021), repaired by a deferred close (its
// strategy II).
// Under load: each broken import leaves its writer goroutine, so bad input is what fills
// the memory.
// Expected: GLC202 at the range, once the rule looks at the paths that skip the close.

package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"time"
)

type customer struct {
	name string
	age  int
}

func writeAll(in <-chan customer) {
	names := []string{}
	for c := range in { // want-later "GLC202"
		names = append(names, c.name)
	}
	sort.Strings(names)
}

func importCustomers(lines []string) error {
	rows := make(chan customer)
	go writeAll(rows)

	for _, line := range lines {
		name, age, ok := strings.Cut(line, ",")
		if !ok {
			return fmt.Errorf("no age in %q", line)
		}
		rows <- customer{name: name, age: len(age)}
	}
	close(rows)
	return nil
}

func scenario() {
	if importCustomers([]string{"Ada,36", "Alan"}) == nil {
		fmt.Println("a broken line was imported")
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
