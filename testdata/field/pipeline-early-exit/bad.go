// Pattern: a pipeline of stages whose last reader returns on the first bad record; the
// stages before it stay blocked on their sends.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2; Liu et al., Automatically Detecting and Fixing Concurrency Bugs in Go (GCatch,
// ASPLOS 2021), BMOC bug repaired by a stop channel (its strategy III).
// Under load: one malformed upload leaves a goroutine for each stage of its pipeline.
// Expected: GLC201 at the sends of both stages.

package main

import (
	"fmt"
	"runtime"
	"strconv"
	"time"
)

type record struct {
	line  int
	value int
}

func parse(lines []string) error {
	raw := make(chan string)
	go func() {
		defer close(raw)
		for _, line := range lines {
			raw <- line // want "GLC201"
		}
	}()

	records := make(chan record)
	go func() {
		defer close(records)
		n := 0
		for line := range raw {
			n++
			value, err := strconv.Atoi(line)
			if err != nil {
				value = -1
			}
			records <- record{line: n, value: value} // want "GLC201"
		}
	}()

	for r := range records {
		if r.value < 0 {
			return fmt.Errorf("line %d is not a number", r.line)
		}
	}
	return nil
}

func scenario() {
	upload := []string{"1", "2", "three", "4", "5", "6"}
	if err := parse(upload); err == nil {
		fmt.Println("the bad line went through")
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
