package copied

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func (b *inbox) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.unread)
}

func byPointer(wg *sync.WaitGroup, n int) int {
	defer wg.Done()
	return n * 2
}

func newInbox() *inbox {
	b := inbox{unread: map[string]int{}}
	return &b
}

// A call gives a new value.
func fresh() inbox { return inbox{unread: map[string]int{}} }

func fromCall() int {
	b := fresh()
	return b.count()
}

func byIndex(boxes []inbox) int {
	total := 0
	for i := range boxes {
		total += boxes[i].count()
	}
	return total
}

func pointers(boxes []*inbox) []*inbox {
	var all []*inbox
	for _, box := range boxes {
		all = append(all, box)
	}
	return all
}

func parts(s *store) map[string]int {
	unread := s.shards[0].box.unread
	fmt.Println(len(s.shards))
	return unread
}

func reset(s *store) {
	*s = store{}
}

// A lock behind a pointer or an interface is the same lock.
type client struct {
	mu     *sync.Mutex
	locker sync.Locker
	cache  map[string]inbox
}

func copiesPointer(c client) client {
	d := c
	return d
}

func (c client) keys() int { return len(c.cache) }

func locks(locker sync.Locker, mu *sync.Mutex) []sync.Locker {
	return []sync.Locker{locker, mu}
}

// Not the locks of sync.
type Mutex struct{ name string }

func (m Mutex) title() string { return m.name }

func ownMutex(m Mutex) Mutex { return m }

func blank(s *store) {
	_ = s.served
	_ = s
}

func sizes(b *inbox) int {
	return len(b.unread) + cap([]sync.Mutex(nil))
}

func value(v *atomic.Int32) int32 { return v.Load() }

type requester struct {
	mu      sync.Mutex
	headers map[string]string
}

// The copy gets a lock of its own.
func (c *requester) with(headers map[string]string) *requester {
	other := *c
	other.mu = sync.Mutex{}
	other.headers = headers
	return &other
}

type wrapped struct{ requester }

func newRequester() *requester {
	c := &requester{}
	c.headers = map[string]string{}
	return c
}

// Nobody else knows what is copied.
func wrap(plain bool) any {
	c := newRequester()
	if plain {
		return c
	}
	return &wrapped{requester: *c}
}

func byValue() requester {
	c := requester{}
	c.headers = map[string]string{}
	return c
}

func (requester) kind() string { return "client" }

func accepted(c *requester) requester {
	c.mu.Lock()
	defer c.mu.Unlock()
	//goland:noinspection GoVetCopyLock
	return *c
}

func (c *requester) cloneWith(key string) *requester {
	copied := &requester{headers: map[string]string{key: ""}}
	return copied
}

// What was just made by a call is known to nobody else either.
func (c *requester) wrap(key string) any {
	cloned := c.cloneWith(key)
	return &wrapped{requester: *cloned}
}

func newKeeper() (any, error) { return newRequester(), nil }

func wrapKeeper() (any, error) {
	kept, err := newKeeper()
	if err != nil {
		return nil, err
	}
	return &wrapped{requester: *kept.(*requester)}, nil
}
