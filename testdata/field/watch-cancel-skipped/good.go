// Repair of bad.go: defer cancel at once.

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
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	go watchEvents(ctx, make(chan string))

	if !c.healthy {
		return errUnhealthy
	}
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
