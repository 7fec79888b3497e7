package nils

import (
	"context"
	"time"
)

// The idiom that switches a case off.
func switchedOff(ctx context.Context, in <-chan event, send bool) {
	var out chan<- event
	for {
		select {
		case e := <-in:
			_ = e
		case out <- event{}:
		case <-ctx.Done():
			return
		}
	}
}

// Made on one path before.
func madeOnOnePath(wait bool) {
	var done chan struct{}
	if wait {
		done = make(chan struct{})
		close(done)
	}
	<-done
}

// Made on the turn before.
func madeInLoop(n int) {
	var ch chan int
	for i := 0; i < n; i++ {
		if i > 0 {
			<-ch
		}
		ch = make(chan int, 1)
		ch <- i
	}
}

// Compared with nil: nil on purpose.
func optional(timeout time.Duration) {
	var timer <-chan time.Time
	if timer != nil {
		<-timer
	}
}

// A closure sets it.
func setByClosure(run func(func())) {
	var ch chan int
	run(func() { ch = make(chan int, 1) })
	ch <- 1
}

// Somebody else gets its address.
func setByOther(open func(*chan int)) {
	var ch chan int
	open(&ch)
	<-ch
}

// A parameter.
func parameter(ch chan int) int { return <-ch }

// Exported fields may be set by others.
type Bus struct{ Events chan event }

// Publish sends.
func (b *Bus) Publish(e event) { b.Events <- e }

// A field that is set by a method.
type lazy struct{ ch chan event }

func (l *lazy) open() { l.ch = make(chan event, 1) }

func (l *lazy) put(e event) { l.ch <- e }

// A field that is set in a literal without names.
type pair struct {
	in, out chan event
}

func newPair() pair { return pair{make(chan event), make(chan event)} }

func (p pair) pass() { p.out <- <-p.in }

// A field that several constructors set.
type node struct{ next chan event }

func newNode(next chan event) *node {
	n := new(node)
	n.next = next
	return n
}

func (n *node) forward(e event) { n.next <- e }

// A package variable that init makes.
var started chan struct{}

func init() { started = make(chan struct{}) }

func ready() { close(started) }

// Tested by its reader.
type maybe struct{ done chan struct{} }

func (m *maybe) wait() {
	if m.done == nil {
		return
	}
	<-m.done
}

// A local result of a function with several.
func several(open func() (chan int, error)) int {
	var ch chan int
	var err error
	if ch, err = open(); err != nil {
		return 0
	}
	return <-ch
}

// Shadowed close.
func shadowed(close func(chan int)) {
	var ch chan int
	close(ch)
}

// Waits for ever, and says so.
func forever(work func()) {
	go work()
	var never chan struct{}
	<-never
}
