// Pattern: a WaitGroup is passed by value, Done counts down the copy.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.1 Wait; Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI
// 2022), pass by value of synchronisation objects.
// Under load: every call waits for ever, whatever the load.
// Expected: GLC505 at the parameter; the call that copies may be reported too.

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type sensor struct {
	id int
}

func (s sensor) calibrate(wg sync.WaitGroup) { // want "GLC505"
	defer wg.Done()
	if s.id < 0 {
		return
	}
}

func calibrateAll(sensors []sensor) {
	var wg sync.WaitGroup
	for _, s := range sensors {
		wg.Add(1)
		go s.calibrate(wg) // allow "GLC505"
	}
	wg.Wait()
}

func scenario() {
	go calibrateAll([]sensor{{1}, {2}})
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
