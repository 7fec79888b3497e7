// Repair of bad.go: defer stop.

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"
)

func nightlyJob(parent context.Context, tables []string) int {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt)
	defer stop()
	vacuumed := 0
	for range tables {
		if ctx.Err() != nil {
			break
		}
		vacuumed++
	}
	return vacuumed
}

func scenario() {
	nightlyJob(context.Background(), []string{"orders", "users"})
}

func main() {
	const rounds = 20
	warm := make(chan os.Signal, 1)
	signal.Notify(warm, os.Interrupt)
	signal.Stop(warm) // starts the one goroutine of os/signal
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
