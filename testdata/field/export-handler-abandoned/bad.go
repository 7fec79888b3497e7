// Pattern: an HTTP handler starts the work in a goroutine, waits for it or for the client,
// and the client leaves first.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "timeout leak" inside a request handler.
// Under load: each impatient client leaves a goroutine with a finished export in its hands;
// retries multiply them.
// Expected: GLC201 at the send, GLC101 at the go statement.

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
	file := make(chan []byte)
	go func() { // want "GLC101"
		file <- e.build() // want "GLC201"
	}()

	select {
	case <-r.Context().Done():
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
