// Repair of bad.go: the send is in a select too and gives up with the same context.

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
		select {
		case found <- p:
		case <-ctx.Done():
		}
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
