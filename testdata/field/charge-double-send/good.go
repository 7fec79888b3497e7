// Repair of bad.go: return after the error has been sent.

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
			return
		}
		out <- receipt{id: id}
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
