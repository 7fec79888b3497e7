// Repair of bad.go: a channel with room for every replica's answer.

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
	answers := make(chan string, len(replicas))
	for _, r := range replicas {
		go func() {
			answers <- r.get(key)
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
