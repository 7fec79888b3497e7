// Pattern: the same question goes to all replicas, one answer is read, the other senders
// have nobody left.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "NCast leak".
// Under load: each lookup leaves replicas minus one goroutines, so the count grows by that
// factor with the request rate.
// Expected: GLC209 at the send.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type replica struct {
	zone string
}

func (r replica) get(key string) string { return r.zone + "/" + key }

func fastest(replicas []replica, key string) string {
	answers := make(chan string)
	for _, r := range replicas {
		go func() {
			answers <- r.get(key) // want "GLC209"
		}()
	}
	return <-answers
}

func scenario() {
	zones := []replica{{"a"}, {"b"}, {"c"}}
	if fastest(zones, "cart:9") == "" {
		fmt.Println("no replica knows the cart")
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
