// Package ranges loops over channels that nobody closes.
package ranges

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type item struct{ id int }

func handle(item) int { return 0 }

// A pool of closures.
func pool(items []item) {
	jobs := make(chan item)
	for i := 0; i < 3; i++ {
		go func() {
			for j := range jobs { // want "GLC202 nobody closes jobs"
				handle(j)
			}
		}()
	}
	for _, it := range items {
		jobs <- it
	}
}

// The loop stands in a named function, in another file.
func named(items []item) {
	jobs := make(chan item, 4)
	go consume(jobs) // want "GLC202 nobody closes jobs"
	for _, it := range items {
		jobs <- it
	}
}

// The caller's own goroutine ranges after all senders are done.
func fanIn(items []item) int {
	results := make(chan int, len(items))
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- handle(it)
		}()
	}
	wg.Wait()
	sum := 0
	for r := range results { // want "GLC202 .*so does whoever called"
		sum += r
	}
	return sum
}

// A generator whose user ranges over what it returns.
func generate(ctx context.Context, items []item) <-chan item {
	out := make(chan item)
	go func() {
		for _, it := range items {
			select {
			case out <- it:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func useGenerator(ctx context.Context) (n int) {
	for it := range generate(ctx, []item{{1}}) { // want "GLC202"
		n += it.id
	}
	return n
}

// Two calls away, through a method.
type sink struct{ seen int }

func (s *sink) drain(in <-chan item) {
	for it := range in { // want "GLC202"
		s.seen += it.id
	}
}

func (s *sink) run(in <-chan item) { s.drain(in) }

func methods(s *sink, items []item) {
	in := make(chan item)
	go s.run(in)
	for _, it := range items {
		in <- it
	}
}

// The sender gives up, the loop does not.
func stoppable(quit <-chan struct{}, source <-chan item) {
	work := make(chan item)
	go func() {
		for w := range work { // want "GLC202"
			handle(w)
		}
	}()
	for {
		select {
		case it := <-source:
			work <- it
		case <-quit:
			return
		}
	}
}

// Generic code.
func each[T any](items []T, f func(T)) {
	ch := make(chan T)
	go func() {
		for v := range ch { // want "GLC202"
			f(v)
		}
	}()
	for _, v := range items {
		ch <- v
	}
}

// break leaves the select only.
func innerBreak(items []item, other chan int) {
	ch := make(chan item)
	go func() {
		for it := range ch { // want "GLC202"
			select {
			case other <- it.id:
				break
			default:
			}
		}
	}()
	for _, it := range items {
		ch <- it
	}
}

// A type whose Close forgets the channel.
type mailbox struct {
	outbox chan item
	open   bool
}

// NewMailbox starts the loop of a mailbox.
func NewMailbox() *mailbox {
	m := &mailbox{outbox: make(chan item, 4), open: true}
	go m.loop()
	return m
}

func (m *mailbox) loop() {
	for it := range m.outbox { // want "GLC202 mailbox.Close does not close outbox"
		handle(it)
	}
}

// Post queues an item.
func (m *mailbox) Post(it item) { m.outbox <- it }

// Close ends the mailbox.
func (m *mailbox) Close() { m.open = false }

// An owner that is dropped.
type counter struct {
	in  chan int
	sum int
}

func newCounter() *counter {
	c := &counter{in: make(chan int)}
	go func() {
		for n := range c.in { // want "GLC202 nobody closes in"
			c.sum += n
		}
	}()
	return c
}

func (c *counter) add(n int) { c.in <- n }

// Count adds up.
func Count(ns []int) int {
	c := newCounter()
	for _, n := range ns {
		c.add(n)
	}
	return c.sum
}

// Stop does not close a ticker's channel.
func Beat(f func()) (stop func()) {
	t := time.NewTicker(time.Second)
	go func() {
		for range t.C { // want "GLC202 .*not even Stop"
			f()
		}
	}()
	return t.Stop
}

// Nobody can end this one either, and each request starts one.
func Poll(w http.ResponseWriter, r *http.Request) {
	seen := 0
	go func() {
		for range time.Tick(time.Second) { // want "GLC202"
			seen++
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}
