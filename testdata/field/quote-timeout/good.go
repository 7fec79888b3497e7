// Repair of bad.go: room for one answer in the channel, so the sender never depends on the
// caller's patience.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type priceFeed struct {
	delay time.Duration
}

func (f *priceFeed) fetch(symbol string) float64 {
	time.Sleep(f.delay) // stands for the exchange
	return float64(len(symbol)) * 1.5
}

var errTooSlow = errors.New("quote: feed too slow")

func (f *priceFeed) quote(symbol string, patience time.Duration) (float64, error) {
	answer := make(chan float64, 1)
	go func() {
		price := f.fetch(symbol)
		answer <- price
	}()
	select {
	case price := <-answer:
		return price, nil
	case <-time.After(patience):
		return 0, errTooSlow
	}
}

func scenario() {
	feed := &priceFeed{delay: 10 * time.Millisecond}
	if _, err := feed.quote("ACME", time.Millisecond); err != nil {
		return
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
