// Repair of bad.go: room for the one error that Serve returns.

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"time"
)

type gateway struct {
	server *http.Server
}

func newGateway() *gateway {
	return &gateway{server: &http.Server{
		Handler:           http.NotFoundHandler(),
		ReadHeaderTimeout: time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      5 * time.Second,
		IdleTimeout:       30 * time.Second,
	}}
}

func (g *gateway) run(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() {
		failed <- g.server.Serve(l)
	}()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return g.server.Close()
	}
}

func scenario() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Millisecond)
	defer cancel()
	if err := newGateway().run(ctx, l); err != nil {
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
