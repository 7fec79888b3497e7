// Pattern: an error path closes a channel that the deferred clean-up closes again; the
// panic is caught further up and the rest of the clean-up never runs.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 6.1.2 (a channel closed twice, Docker).
// Under load: every upload that fails panics, and whoever waits for its end waits for ever.
// Expected: GLC206 at the second close.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type transfer struct {
	chunks   chan []byte
	finished chan struct{}
}

var errTooLarge = errors.New("upload too large")

func (t *transfer) receive(size int) error {
	var err error
	if size > 1024 {
		err = errTooLarge
		close(t.chunks)
	}
	close(t.chunks) // want "GLC206"
	close(t.finished)
	return err
}

// serve keeps one bad request from taking the process down.
func serve(t *transfer, size int) {
	defer func() {
		if cause := recover(); cause != nil {
			return
		}
	}()
	if err := t.receive(size); err != nil {
		return
	}
}

func scenario() {
	t := &transfer{chunks: make(chan []byte), finished: make(chan struct{})}
	go func() {
		<-t.finished
	}()
	serve(t, 4096)
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
