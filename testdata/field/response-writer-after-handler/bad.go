// Pattern: a handler starts a goroutine that writes to the ResponseWriter and returns
// without waiting for it.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022), an
// object used concurrently that is not made for it; net/http documentation of Handler.
// Under load: bytes land in the next response on the same connection, or the process panics
// in bufio.
// Expected: GLC102 at the go statement.

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type jobs struct {
	finished sync.WaitGroup
}

func (j *jobs) accept(w http.ResponseWriter, r *http.Request) {
	j.finished.Add(1)
	go func() { // want "GLC102" "GLC101"
		defer j.finished.Done()
		fmt.Fprintln(w, "job stored")
	}()
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	j := &jobs{}
	for i := 0; i < 20; i++ {
		j.accept(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/jobs", nil))
	}
	j.finished.Wait()
}
