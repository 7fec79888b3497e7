// Repair of bad.go: leave on success and after a number of attempts.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type logStore struct {
	attempts atomic.Int64
}

var errUnavailable = errors.New("log store unavailable")

func (s *logStore) write(batch []string) error {
	if s.attempts.Add(1) > 1 {
		return nil
	}
	return errUnavailable
}

func flush(s *logStore, batch []string) {
	go func() {
		wait := 5 * time.Millisecond
		for attempt := 0; attempt < 5; attempt++ {
			if err := s.write(batch); err == nil {
				return
			}
			time.Sleep(wait)
			wait *= 2
		}
	}()
}

func scenario() {
	flush(&logStore{}, []string{"GET /", "GET /cart"})
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
