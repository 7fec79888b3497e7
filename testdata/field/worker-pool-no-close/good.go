// Repair of bad.go: the one who sends closes the channel when the last job is in.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type mail struct {
	to string
}

func deliver(m mail) int { return len(m.to) }

func sendNewsletter(mails []mail) {
	jobs := make(chan mail)
	for i := 0; i < 3; i++ {
		go func() {
			for m := range jobs {
				deliver(m)
			}
		}()
	}
	for _, m := range mails {
		jobs <- m
	}
	close(jobs)
}

func scenario() {
	sendNewsletter([]mail{{"ada@example.com"}, {"alan@example.com"}})
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
