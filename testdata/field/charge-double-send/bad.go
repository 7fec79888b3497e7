// Pattern: the error branch sends and falls through to the normal send; the caller receives
// once.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "double send".
// Under load: each declined card leaves a goroutine blocked on the second send.
// Expected: GLC210 at the second send.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type receipt struct {
	id  string
	err error
}

var errDeclined = errors.New("card declined")

func authorize(card string) (string, error) {
	if card == "expired" {
		return "", errDeclined
	}
	return "auth-1", nil
}

func charge(card string) receipt {
	out := make(chan receipt)
	go func() {
		id, err := authorize(card)
		if err != nil {
			out <- receipt{err: err}
		}
		out <- receipt{id: id} // want "GLC210"
	}()
	return <-out
}

func scenario() {
	if r := charge("expired"); r.err == nil {
		fmt.Println("an expired card was charged")
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
