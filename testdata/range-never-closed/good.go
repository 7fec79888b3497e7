package ranges

import (
	"context"
	"sync"
	"time"
)

// Closed by the sender.
func closed(items []item) {
	jobs := make(chan item)
	go consumeAll(jobs)
	defer close(jobs)
	for _, it := range items {
		jobs <- it
	}
}

func consumeAll(jobs <-chan item) {
	for j := range jobs {
		handle(j)
	}
}

// Closed by a goroutine that waits for the senders.
func closedAfterWait(items []item) (sum int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- handle(it)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		sum += r
	}
	return sum
}

// Closed by a helper.
func closedByHelper(items []item) {
	jobs := make(chan item)
	go consumeAll(jobs)
	for _, it := range items {
		jobs <- it
	}
	finish(jobs)
}

func finish(ch chan<- item) { close(ch) }

// Another way out.
func counted(items []item) {
	results := make(chan int)
	for _, it := range items {
		go func() { results <- handle(it) }()
	}
	n := 0
	for range results {
		if n++; n == len(items) {
			break
		}
	}
}

// Leaves with the context.
func leaves(ctx context.Context, items []item) {
	ch := make(chan item)
	go func() {
		for it := range ch {
			if ctx.Err() != nil {
				return
			}
			handle(it)
		}
	}()
	for _, it := range items {
		ch <- it
	}
}

// The sender goes on for ever, so the loop may as well.
func endless(source func() item) {
	ch := make(chan item)
	go consumeAll(ch)
	for {
		ch <- source()
	}
}

// The starter goes on for ever.
func server(accept func() item) {
	ch := make(chan item)
	go consumeAll(ch)
	for {
		it := accept()
		go func() { ch <- it }()
	}
}

// Somebody out of sight holds it.
func passedOn(register func(chan item)) {
	ch := make(chan item)
	go consumeAll(ch)
	register(ch)
	ch <- item{}
}

var registry = map[string]chan item{}

// Stored where others find it.
func stored(name string) {
	ch := make(chan item)
	registry[name] = ch
	go consumeAll(ch)
	ch <- item{}
}

// A type that closes.
type inbox struct{ in chan item }

// NewInbox starts the loop of an inbox.
func NewInbox() *inbox {
	b := &inbox{in: make(chan item)}
	go b.loop()
	return b
}

func (b *inbox) loop() {
	for it := range b.in {
		handle(it)
	}
}

// Put queues an item.
func (b *inbox) Put(it item) { b.in <- it }

// Close ends the loop.
func (b *inbox) Close() { close(b.in) }

// A service that its users keep as long as they like.
type service struct{ in chan item }

// NewService starts the loop of a service.
func NewService() *service {
	s := &service{in: make(chan item)}
	go s.loop()
	return s
}

func (s *service) loop() {
	for it := range s.in {
		handle(it)
	}
}

// Put queues an item.
func (s *service) Put(it item) { s.in <- it }

// A ticker whose loop ends.
func Watch(ctx context.Context, f func()) {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for range t.C {
			if ctx.Err() != nil {
				return
			}
			f()
		}
	}()
}

// The package's own ticker, as old as the process.
func init() {
	go func() {
		for range time.Tick(time.Minute) {
			handle(item{})
		}
	}()
}

// Who calls this, and how often, is not known.
func Report(f func()) {
	go func() {
		for range time.Tick(time.Second) {
			f()
		}
	}()
}

// A slice, no channel.
func slices() {
	values := make([]item, 3)
	for _, v := range values {
		handle(v)
	}
}
