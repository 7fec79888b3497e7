// Repair of bad.go: defer Stop right after Start.

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
	watch.Start()
	defer watch.Stop()

	watch.events <- "attempt " + user
	if password != "secret" {
		return errBadPassword
	}
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
