// Repair of bad.go: the work gets the request's context, and its send watches it.

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"time"
)

type exporter struct {
	rows int
}

func (e *exporter) build() []byte {
	time.Sleep(50 * time.Millisecond) // stands for the query
	return make([]byte, e.rows)
}

func (e *exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	file := make(chan []byte)
	go func() {
		b := e.build()
		select {
		case file <- b:
		case <-ctx.Done():
		}
	}()

	select {
	case <-ctx.Done():
		http.Error(w, "gone", http.StatusGatewayTimeout)
	case b := <-file:
		fmt.Fprintf(w, "%d bytes", len(b))
	}
}

func scenario() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	request := httptest.NewRequest(http.MethodGet, "/export", nil).WithContext(ctx)
	(&exporter{rows: 16}).ServeHTTP(httptest.NewRecorder(), request)
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
