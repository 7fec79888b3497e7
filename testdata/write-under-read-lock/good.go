package readlock

import (
	"sync"
	"sync/atomic"
)

func (l *library) writeLock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened++
}

func (l *library) upgraded(name string) string {
	l.mu.RLock()
	text, ok := l.books[name]
	l.mu.RUnlock()
	if ok {
		return text
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.books[name] = "text of " + name
	return l.books[name]
}

// The result is the function's own.
func (l *library) collect() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var all []string
	for name := range l.books {
		all = append(all, name)
	}
	copied := l.main
	copied.hits++
	return append(all, copied.body)
}

type counters struct {
	mu     sync.RWMutex
	hits   atomic.Int64
	misses int64
	values map[string]int
}

func (c *counters) atomically(name string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits.Add(1)
	atomic.AddInt64(&c.misses, 1)
	return c.values[name]
}

type pair struct {
	mu    sync.RWMutex
	stats struct {
		mu   sync.Mutex
		hits int
	}
	once  sync.Once
	ready bool
}

// The other lock is for what is written.
func (p *pair) otherLock() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.stats.mu.Lock()
	p.stats.hits++
	p.stats.mu.Unlock()
}

func (p *pair) onlyOnce() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.once.Do(func() { p.ready = true })
}

// The lock is of one, the field of the other.
func other(l *library, s *shelf) string {
	s.Lock()
	defer s.Unlock()
	l.mu.RLock()
	defer l.mu.RUnlock()
	s.count++
	return l.main.body
}

func into(l *library, target *document) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	target.body = l.main.body
}

// Each reader has an element.
func (l *library) elements(counts []int, i int) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	counts[i] = len(l.books)
}

func (l *library) afterUnlock(name string) string {
	l.mu.RLock()
	text := l.books[name]
	l.mu.RUnlock()
	return text
}

type block struct {
	mu    sync.Mutex
	bytes int
}

type file struct {
	mu   sync.RWMutex
	last *block
}

func (b *block) growLocked() { b.bytes++ }

func (f *file) throughBlock() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	last := f.last
	last.mu.Lock()
	defer last.mu.Unlock()
	last.growLocked()
}

func localWrite(names []string) int {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	longest := 0
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			longest = max(longest, len(name))
		})
	}
	wg.Wait()
	return longest
}

type counted struct {
	statusLock sync.RWMutex
	doubles    []string
}

// The lock keeps the clearing away, not others from the list.
func (c *counted) initialize() {
	c.statusLock.RLock()
	defer c.statusLock.RUnlock()
	c.doubles = nil
}

func (c *counted) increment(serial string) {
	c.doubles = append(c.doubles, serial)
}

func (c *counted) clear() {
	c.statusLock.Lock()
	defer c.statusLock.Unlock()
}

type reader struct {
	mu  sync.RWMutex
	buf []byte
	off int
}

func (r *reader) Read(p []byte) (int, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	n := copy(p, r.buf[r.off:])
	r.off += n
	return n, nil
}

type group struct {
	metaLock sync.RWMutex
	meta     document
	turns    int
}

// The lock is named after what it guards, and turns have one user.
func (g *group) turn() int {
	g.metaLock.RLock()
	defer g.metaLock.RUnlock()
	g.turns++
	return g.meta.hits
}

func init() {
	prefixMu.RLock()
	defer prefixMu.RUnlock()
	prefixes["a"] = 1
}

var (
	prefixMu sync.RWMutex
	prefixes = map[string]int{}
)

type flushed struct {
	mu   sync.RWMutex
	left []int
}

// flush is not thread-safe.
func (f *flushed) flush() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	f.left = append(f.left, 1)
}
