// Pattern: Start runs a select loop until Stop closes a channel; the caller forgets Stop on
// its error path.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "method contract violation".
// Under load: one listener for every login that fails, which an attacker decides.
// Expected: none of the present rules follows a contract between methods; a rule of kind
// 103 would.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type sessionWatch struct {
	events  chan string
	stopped chan struct{}
	seen    int
}

func newSessionWatch() *sessionWatch {
	return &sessionWatch{events: make(chan string), stopped: make(chan struct{})}
}

func (w *sessionWatch) Start() {
	go func() {
		for {
			select {
			case <-w.events:
				w.seen++
			case <-w.stopped:
				return
			}
		}
	}()
}

func (w *sessionWatch) Stop() { close(w.stopped) }

var errBadPassword = errors.New("bad password")

func login(user, password string) error {
	watch := newSessionWatch()
	watch.Start() // want-later "GLC1"

	watch.events <- "attempt " + user
	if password != "secret" {
		return errBadPassword
	}
	watch.Stop()
	return nil
}

func scenario() {
	if login("ada", "guess") == nil {
		fmt.Println("the wrong password is right")
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
