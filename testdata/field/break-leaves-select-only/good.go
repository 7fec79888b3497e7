// Repair of bad.go: return from the stop case.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type device struct {
	readings chan int
	stop     chan struct{}
}

func watch(readings <-chan int, stop <-chan struct{}) {
	go func() {
		sum := 0
		for {
			select {
			case r := <-readings:
				sum += r
			case <-stop:
				return
			}
		}
	}()
}

func scenario() {
	d := device{readings: make(chan int), stop: make(chan struct{})}
	watch(d.readings, d.stop)
	d.readings <- 21
	d.stop <- struct{}{}
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
