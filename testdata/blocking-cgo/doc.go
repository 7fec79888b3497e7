// Package scan calls C from many goroutines; this file has none.
package scan

import (
	"net/http"
	"time"
)

type clock struct{}

func (clock) sleep(int) {}

func Other(w http.ResponseWriter, r *http.Request) {
	C := clock{}
	for range 3 {
		C.sleep(1)
	}
	time.Sleep(time.Millisecond)
}
