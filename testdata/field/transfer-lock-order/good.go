// Repair of bad.go: one order for everyone.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type shop struct {
	stockMu sync.Mutex
	stock   int
	cashMu  sync.Mutex
	cash    int
	changed func(what string)
}

func (s *shop) sell() {
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	s.stock--
	s.changed("stock")
	s.cashMu.Lock()
	s.cash++
	s.cashMu.Unlock()
}

func (s *shop) refund() {
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	s.stock++
	s.changed("stock")
	s.cashMu.Lock()
	s.cash--
	s.cashMu.Unlock()
}

func scenario() {
	s := &shop{stock: 10}
	s.changed = func(string) { time.Sleep(3 * time.Millisecond) } // stands for a cache update
	go func() {
		for i := 0; i < 5; i++ {
			s.sell()
		}
	}()
	go func() {
		for i := 0; i < 5; i++ {
			s.refund()
		}
	}()
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
