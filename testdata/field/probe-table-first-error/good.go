// Repair of bad.go: read every result, then report the first error.

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
			results <- p.run()
		}()
	}
	var first error
	for range probes {
		if err := <-results; err != nil && first == nil {
			first = err
		}
	}
	return first
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
