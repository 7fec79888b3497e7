// Pattern: the caller of a worker goroutine leaves on ctx.Done() while the worker still has
// to hand over its result.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "timeout leak" in its context form.
// Under load: every request that is cancelled or runs out of time leaves a goroutine
// blocked on its send; a slow dependency turns that into one per request.
// Expected: GLC201 at the send.

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

type place struct {
	lat, lon float64
}

func resolveAddress(address string) place {
	time.Sleep(8 * time.Millisecond) // stands for the map service
	return place{lat: float64(len(address)), lon: 1}
}

func geocode(ctx context.Context, address string) (place, error) {
	found := make(chan place)
	go func() {
		p := resolveAddress(address)
		found <- p // want "GLC201"
	}()

	select {
	case <-ctx.Done():
		return place{}, ctx.Err()
	case p := <-found:
		return p, nil
	}
}

func scenario() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := geocode(ctx, "10 Downing Street"); err == nil {
		fmt.Println("the map service answered early")
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
