// Package nils uses channels that nothing makes.
package nils

import "sync"

type event struct{ name string }

// Declared, never made.
func gate() int {
	var opened chan struct{}
	<-opened // want "GLC207 opened is nil here"
	return 1
}

// Sent to in a goroutine.
func announce(e event) {
	var out chan event
	go func() {
		out <- e // want "GLC207"
	}()
}

// Made too late.
func late(e event) chan event {
	var queue chan event
	queue <- e // want "GLC207"
	queue = make(chan event, 1)
	return queue
}

// A range waits for ever too.
func list() (names []string) {
	var events chan event
	for e := range events { // want "GLC207 .*this range blocks"
		names = append(names, e.name)
	}
	return names
}

// A close panics.
func finish() {
	var done chan struct{}
	defer close(done) // want "GLC207 .*this close panics"
}

// A field that no constructor sets.
type hub struct {
	mu     sync.Mutex
	events chan event
	done   chan struct{}
	count  int
}

func newHub() *hub { return &hub{count: 1, done: make(chan struct{})} }

func (h *hub) publish(e event) {
	h.events <- e // want "GLC207 h.events is nil here, .*where its struct is built"
}

func (h *hub) next() event {
	e, ok := <-h.events // want "GLC207"
	if !ok {
		h.count = 0
	}
	return e
}

// A package variable, used from here and from another file.
var reloads chan string

func reload(path string) {
	reloads <- path // want "GLC207"
}

// A select with one case is no select.
func only() event {
	var in chan event
	select {
	case e := <-in: // want "GLC207"
		return e
	}
}

// Only ever set to nil.
func reset() {
	var tick chan int
	tick = nil
	<-tick // want "GLC207"
}

// Generic.
func first[T any]() T {
	var ch chan T
	return <-ch // want "GLC207"
}

// In a loop with a label.
func labelled(n int) {
	var ch chan int
outer:
	for {
		for i := 0; i < n; i++ {
			if i > 3 {
				continue outer
			}
			ch <- i // want "GLC207"
		}
	}
}
