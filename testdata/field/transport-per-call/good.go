// Repair of bad.go: one client for all calls.

package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"time"
)

var client = &http.Client{
	Timeout: 5 * time.Second,
	Transport: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: time.Second}).DialContext,
		TLSHandshakeTimeout: time.Second,
		MaxIdleConns:        10,
		MaxIdleConnsPerHost: 10,
		IdleConnTimeout:     90 * time.Second,
	},
}

func notifyAll(devices []string) int {
	reached := 0
	for _, device := range devices {
		response, err := client.Get(device)
		if err != nil {
			continue
		}
		if response.Body.Close() == nil {
			reached++
		}
	}
	return reached
}

// answers is the other side: one server from its first use to the end of the program.
var answers = sync.OnceValue(func() *httptest.Server {
	return httptest.NewServer(http.NotFoundHandler())
})

func scenario() {
	if notifyAll([]string{answers().URL}) != 1 {
		fmt.Println("device not reached")
	}
	client.CloseIdleConnections()
}

func main() {
	const rounds = 20
	answers()
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
