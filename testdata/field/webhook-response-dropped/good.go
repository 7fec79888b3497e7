// Repair of bad.go: take the response and close its body.

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
	response, err := client.Post(h.target, "text/plain", strings.NewReader(event))
	if err != nil {
		return err
	}
	return response.Body.Close()
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
