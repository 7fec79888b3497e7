// Repair of bad.go: every stage also watches a context that ends when the reader returns.

package main

import (
	"context"
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
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	raw := make(chan string)
	go func() {
		defer close(raw)
		for _, line := range lines {
			select {
			case raw <- line:
			case <-ctx.Done():
				return
			}
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
			select {
			case records <- record{line: n, value: value}:
			case <-ctx.Done():
				return
			}
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
