// Pattern: a hedged request to two regions takes whichever comes first or gives up, and the
// loser's send blocks.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "NCast leak" with a fixed fan-out.
// Under load: one goroutine for each hedged call, two for each one that gives up.
// Expected: GLC209 at the send.

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

type rate struct {
	region string
	value  float64
}

func askRegion(region string) rate {
	return rate{region: region, value: 1.09}
}

func exchangeRate(ctx context.Context) (rate, error) {
	rates := make(chan rate)
	for _, region := range []string{"eu-west", "us-east"} {
		go func(region string) {
			r := askRegion(region)
			rates <- r // want "GLC209"
		}(region)
	}

	select {
	case r := <-rates:
		return r, nil
	case <-ctx.Done():
		return rate{}, ctx.Err()
	}
}

func scenario() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, err := exchangeRate(ctx); err != nil {
		fmt.Println(err)
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
