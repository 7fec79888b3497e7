// Pattern: cancel is called at the end, an early return on an error goes past it.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, context; Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024),
// missing cancellation on an error path.
// Under load: the watcher of each failed deployment stays.
// Expected: GLC301 at the assignment.

package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

type cluster struct {
	healthy bool
}

var errUnhealthy = errors.New("cluster is not healthy")

func watchEvents(ctx context.Context, events <-chan string) {
	for {
		select {
		case <-events:
		case <-ctx.Done():
			return
		}
	}
}

func (c *cluster) deploy(parent context.Context, image string) error {
	ctx, cancel := context.WithCancel(parent) // want "GLC301"
	go watchEvents(ctx, make(chan string))

	if !c.healthy {
		return errUnhealthy
	}
	cancel()
	return nil
}

func scenario() {
	c := &cluster{}
	if c.deploy(context.Background(), "shop:v2") == nil {
		fmt.Println("deployed to a broken cluster")
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
