// Pattern: only the error of a POST is of interest, the response and its body are dropped.
// Source: net/http documentation of Client.Post; Saioc et al., Unveiling and Vanquishing
// Goroutine Leaks (CGO 2024), goroutines of the HTTP transport blocked behind an unread
// body.
// Under load: each webhook opens a connection that is never reused, two goroutines each, up
// to the limit of open files.
// Expected: GLC605 at the call that returns the response.

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 30 * time.Second}

type webhook struct {
	target string
}

func (h webhook) fire(event string) error {
	_, err := client.Post(h.target, "text/plain", strings.NewReader(event)) // want "GLC605"
	return err
}

func scenario() {
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "thank you for the event")
	}))
	defer receiver.Close()
	if err := (webhook{target: receiver.URL}).fire("order paid"); err != nil {
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
