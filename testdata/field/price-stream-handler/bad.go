// Pattern: a streaming handler loops over new prices and never looks at the request's
// context.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), goroutines
// without an exit, in request code.
// Under load: every client that closes its tab leaves a handler goroutine with connection
// buffers, on a quiet symbol for days.
// Expected: GLC610 at the for statement.

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"time"
)

type ticker struct {
	prices chan string
}

func (t *ticker) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for { // want "GLC610"
		price := <-t.prices
		fmt.Fprintf(w, "data: %s\n\n", price)
	}
}

func scenario() {
	t := &ticker{prices: make(chan string)}
	ctx, hangUp := context.WithCancel(context.Background())
	request := httptest.NewRequest(http.MethodGet, "/prices", nil).WithContext(ctx)
	go t.stream(httptest.NewRecorder(), request)
	t.prices <- "ACME 12.50"
	hangUp()
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
