// Package mail starts goroutines that share a loop's variable.
package mail

import (
	"sync"
	"time"
)

type letter struct{ to string }

func send(l letter) {}

func eachLetter(letters []letter) {
	for _, l := range letters {
		go func() {
			send(l) // want "GLC110 .*share l .*l := l"
		}()
	}
}

func index(letters []letter) {
	for i := 0; i < len(letters); i++ {
		go func() {
			send(letters[i]) // want "GLC110"
		}()
	}
}

func keyAndValue(boxes map[string]letter) {
	for name, l := range boxes {
		go func() {
			println(name) // want "GLC110 .*name and l .*name, l := name, l"
			send(l)
		}()
	}
}

func notLast(letters []letter) {
	var wg sync.WaitGroup
	for _, l := range letters {
		wg.Add(1)
		go func() {
			defer wg.Done()
			send(l) // want "GLC110"
		}()
		println("started")
	}
	wg.Wait()
}

func deferred(letters []letter) {
	for _, l := range letters {
		defer func() {
			send(l) // want "GLC110 .*deferred calls"
		}()
	}
}

func nestedClosure(letters []letter) {
	for _, l := range letters {
		go func() {
			func() {
				send(l) // want "GLC110"
			}()
		}()
	}
}

func outerLoop(letters []letter) {
outer:
	for _, l := range letters {
		for _, again := range []bool{true, false} {
			if l.to == "" {
				continue outer
			}
			go func() {
				if again { // want "GLC110 .*share again"
					send(l) // want "GLC110 .*share l"
				}
			}()
		}
	}
}

func timer(letters []letter) {
	for _, l := range letters {
		time.AfterFunc(time.Second, func() {
			send(l) // want "GLC110"
		})
	}
}

func generic[T any](items []T, do func(T)) {
	for _, item := range items {
		if len(items) > 1 {
			go func() { do(item) }() // want "GLC110"
		}
	}
}

func pointer(letters []letter, seen chan *letter) {
	for _, l := range letters {
		go func() {
			p := &l // want "GLC110"
			seen <- p
		}()
	}
}
