package copied

import (
	"fmt"
	"sync"
	at "sync/atomic"
)

type inbox struct {
	mu     sync.Mutex
	unread map[string]int
}

func (b inbox) deliver(user string) { // want "GLC505 this receiver copies a sync.Mutex: .*use a pointer receiver"
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unread[user]++
}

func calibrate(wg sync.WaitGroup, n int) int { // want "GLC505 this parameter copies a sync.WaitGroup"
	defer wg.Done()
	return n * 2
}

// The struct that holds the lock is a field of a field, in an array.
type shard struct {
	box inbox
}

type store struct {
	shards [4]shard
	served at.Int64
}

func snapshot(s *store) store {
	return *s // want "GLC505 this return copies a sync.Mutex"
}

func assigned(s *store) int64 {
	other := *s // want "GLC505 this assignment copies a sync.Mutex"
	return other.served.Load()
}

func declared(s *store) int {
	var first = s.shards[0] // want "GLC505 this assignment copies"
	return len(first.box.unread)
}

func ranged(boxes []inbox) int {
	total := 0
	for _, box := range boxes { // want "GLC505 this range copies a sync.Mutex: .*range over the index"
		total += len(box.unread)
	}
	return total
}

func rangedWithIndex(boxes []inbox) int {
	total := 0
	for n, box := range boxes { // want "GLC505 this range copies"
		total += n * len(box.unread)
	}
	return total
}

func printed(s *store) {
	fmt.Println(s.shards[1]) // want "GLC505 this argument copies a sync.Mutex"
}

func literal(box *inbox) []shard {
	return []shard{{box: *box}} // want "GLC505 this literal copies a sync.Mutex"
}

func inClosure() func(sync.Once) {
	return func(once sync.Once) { // want "GLC505 this parameter copies a sync.Once"
		once.Do(func() {})
	}
}

type counter struct {
	at.Uint32
	name string
}

func (c counter) title() string { // want "GLC505 this receiver copies a atomic.Uint32"
	return c.name
}

// A type of our own that says that it must not be copied.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

type handle struct {
	_  noCopy
	fd int
}

func swapped(a, b *handle) {
	*a = *b // want "GLC505 this assignment copies a noCopy"
}

type guarded[T any] struct {
	mu    sync.RWMutex
	value T
}

func generic(g *guarded[string]) guarded[string] {
	return *g // want "GLC505 this return copies a sync.RWMutex"
}
