// Pattern: a function waits for a done channel that its goroutine never touches.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), partial
// deadlock at a receive; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS
// 2019), section 5.1.2.
// Under load: every backup ends with its caller blocked, the next ones queue behind it.
// Expected: GLC203 at the receive.

package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type volume struct {
	name     string
	copied   atomic.Int64
	complete atomic.Bool
}

func (v *volume) copyBlocks(n int64) {
	for i := int64(0); i < n; i++ {
		v.copied.Add(1)
	}
}

func backup(v *volume) {
	done := make(chan struct{})
	go func() {
		v.copyBlocks(64)
	}()
	<-done // want "GLC203"
	v.complete.Store(true)
}

func scenario() {
	go backup(&volume{name: "db"})
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
