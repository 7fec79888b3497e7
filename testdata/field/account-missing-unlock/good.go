// Repair of bad.go: defer the unlock.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

type account struct {
	mu    sync.Mutex
	cents int64
}

var errInsufficient = errors.New("insufficient funds")

func (a *account) withdraw(cents int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cents < cents {
		return errInsufficient
	}
	a.cents -= cents
	return nil
}

func (a *account) deposit(cents int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cents += cents
}

func scenario() {
	a := &account{cents: 100}
	if a.withdraw(500) == nil {
		fmt.Println("overdrawn")
	}
	go a.deposit(20)
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
