// Pattern: a table of checks runs in parallel, the loop over their results returns at the
// first error.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "NCast leak" by an early return in the receive loop.
// Under load: while a dependency is down each readiness call leaves the goroutines of all
// other checks, once a second for each prober.
// Expected: GLC209 at the send.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type probe struct {
	name string
	run  func() error
}

var probes = []probe{
	{"database", func() error { return errors.New("connection refused") }},
	{"queue", func() error { return errors.New("connection refused") }},
	{"mail", func() error { return errors.New("connection refused") }},
}

func ready() error {
	results := make(chan error)
	for _, p := range probes {
		go func() {
			results <- p.run() // want "GLC209"
		}()
	}
	for range probes {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func scenario() {
	if ready() == nil {
		fmt.Println("ready although the database is down")
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
