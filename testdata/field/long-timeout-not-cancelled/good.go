// Repair of bad.go: cancel when the upload is through.

package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

type upload struct {
	parts []string
}

func (u *upload) abortOn(ctx context.Context, bucket map[string]bool) {
	<-ctx.Done()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		delete(bucket, "unfinished")
	}
}

func (u *upload) run(parent context.Context) int {
	ctx, cancel := context.WithTimeout(parent, 10*time.Minute)
	defer cancel()
	go u.abortOn(ctx, map[string]bool{"unfinished": true})
	return len(u.parts)
}

func scenario() {
	u := &upload{parts: []string{"1", "2"}}
	u.run(context.Background())
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
