// Repair of bad.go: defer the close as soon as the error is nil.

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"time"
)

var client = &http.Client{Timeout: 30 * time.Second}

type shipment struct {
	State string
}

func track(ctx context.Context, base, id string) (shipment, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/shipments/"+id, nil)
	if err != nil {
		return shipment{}, err
	}
	response, err := client.Do(request)
	if err != nil {
		return shipment{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return shipment{}, fmt.Errorf("tracking: status %d", response.StatusCode)
	}
	var s shipment
	return s, json.NewDecoder(response.Body).Decode(&s)
}

func scenario() {
	carrier := httptest.NewServer(http.NotFoundHandler())
	defer carrier.Close()
	if _, err := track(context.Background(), carrier.URL, "s-1"); err == nil {
		fmt.Println("an unknown shipment was found")
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
