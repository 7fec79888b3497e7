// Repair of bad.go: the producer's send watches a channel that the consumer closes when it
// leaves.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type job struct {
	id    int
	bytes int
}

func transcode(jobs <-chan job, left chan<- struct{}) {
	defer close(left)
	for j := range jobs {
		if j.bytes == 0 {
			return
		}
	}
}

func enqueue(queue []job) {
	jobs := make(chan job)
	defer close(jobs)
	left := make(chan struct{})
	go transcode(jobs, left)
	for _, j := range queue {
		select {
		case jobs <- j:
		case <-left:
			return
		}
	}
}

func scenario() {
	go enqueue([]job{{1, 10}, {2, 0}, {3, 30}, {4, 40}})
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
