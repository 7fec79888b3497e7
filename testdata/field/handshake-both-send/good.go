// Repair of bad.go: one side receives first.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type party struct {
	name string
	in   chan string
}

func (p *party) greet(other *party) string {
	other.in <- p.name
	return <-p.in
}

func (p *party) answer(other *party) string {
	greeting := <-p.in
	other.in <- p.name
	return greeting
}

func scenario() {
	a, b := &party{"a", make(chan string)}, &party{"b", make(chan string)}
	go a.greet(b)
	go b.answer(a)
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
