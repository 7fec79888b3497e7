// Pattern: a generic helper runs any function with a deadline, and shares its leak with
// every caller.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "timeout leak"; wrappers of this kind spread one mistake over many services.
// Under load: one leaked goroutine for every call of any kind that misses its deadline.
// Expected: GLC201 at the send.

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

type outcome[T any] struct {
	value T
	err   error
}

func await[T any](ctx context.Context, call func() (T, error)) (T, error) {
	done := make(chan outcome[T])
	go func() {
		value, err := call()
		done <- outcome[T]{value: value, err: err} // want "GLC201"
	}()
	select {
	case out := <-done:
		return out.value, out.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}

func stockLevel() (int, error) {
	time.Sleep(6 * time.Millisecond) // stands for the warehouse
	return 42, nil
}

func scenario() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if level, err := await(ctx, stockLevel); err == nil {
		fmt.Println("level", level)
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
