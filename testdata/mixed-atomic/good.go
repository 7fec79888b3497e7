package mixed

import (
	"sync"
	"sync/atomic"
)

type typed struct {
	inFlight atomic.Int64
}

func (t *typed) begin()           { t.inFlight.Add(1) }
func (t *typed) overloaded() bool { return t.inFlight.Load() > 100 }

type counters struct {
	mu     sync.Mutex
	hits   int64
	misses int64
	refs   int32
	limit  int64
	state  int32
}

// While it is made, nobody else knows it.
func newCounters(limit int64) *counters {
	c := &counters{hits: 0}
	c.misses = 0
	c.limit = limit
	return c
}

func (c *counters) hit()         { atomic.AddInt64(&c.hits, 1) }
func (c *counters) count() int64 { return atomic.LoadInt64(&c.hits) }

func (c *counters) miss() {
	c.mu.Lock()
	defer c.mu.Unlock()
	atomic.AddInt64(&c.misses, 1)
}

// The lock is held where it is written, too.
func (c *counters) missed() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.misses
}

// Only read with sync/atomic, and never written after it is made.
func (c *counters) limited(n int64) bool {
	return n > atomic.LoadInt64(&c.limit) || c.limit == 0
}

// What CompareAndSwap checks may be read in any way.
func (c *counters) advance() bool {
	old := atomic.LoadInt32(&c.state)
	return old < 3 && atomic.CompareAndSwapInt32(&c.state, old, old+1)
}

func (c *counters) release() {
	if atomic.AddInt32(&c.refs, -1) == 0 {
		c.last()
	}
}

func (c *counters) retain() { atomic.AddInt32(&c.refs, 1) }

// Nobody is left who could change it.
func (c *counters) last() {
	if c.refs != 0 {
		panic("released twice")
	}
}

func afterWait(n int) int64 {
	var total int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { atomic.AddInt64(&total, 1) })
	}
	wg.Wait()
	return total
}

func beforeStart(n int) int64 {
	var total int64
	total = 10
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range n {
			atomic.AddInt64(&total, 1)
		}
	}()
	<-done
	return total
}

type snapshot struct {
	reads  int64
	writes int64
}

func (s *snapshot) read()  { atomic.AddInt64(&s.reads, 1) }
func (s *snapshot) write() { atomic.AddInt64(&s.writes, 1) }

// A copy, made with sync/atomic.
func (s *snapshot) take() snapshot {
	return snapshot{reads: atomic.LoadInt64(&s.reads), writes: atomic.LoadInt64(&s.writes)}
}

// The receiver is a copy.
func (s snapshot) sum() int64 { return s.reads + s.writes }

func (s *snapshot) String() string {
	taken := s.take()
	if taken.reads > 0 {
		return "read"
	}
	return "unread"
}

type batch struct {
	done  int64
	total int64
}

func (b *batch) run(n int) int64 {
	var wg sync.WaitGroup
	for range n {
		wg.Go(b.step)
	}
	wg.Wait()
	return b.done
}

func (b *batch) step() { atomic.AddInt64(&b.done, 1) }

type set struct {
	hint    uint32
	buckets [][]uint64
}

func (s *set) has(n int) bool {
	if int(atomic.LoadUint32(&s.hint)) == n {
		return true
	}
	atomic.StoreUint32(&s.hint, uint32(n))
	return n < len(s.buckets)
}

// Nobody else can be at work while the slice is set.
func (s *set) intersect(n int) {
	s.hint = 0
	s.buckets = s.buckets[:n]
}

type writer struct{ level int64 }

func (w *writer) Start(level int64) {
	w.level = level - 1
	go w.loop()
}

func (w *writer) loop() {
	for range 10 {
		atomic.AddInt64(&w.level, 1)
	}
}

func (w *writer) read() int64 { return atomic.LoadInt64(&w.level) }

type rate struct{ sample int32 }

func (r *rate) setSample(n int32) { atomic.StoreInt32(&r.sample, n) }

// The one who has it set may read it.
func (r *rate) identify(n int32) int32 {
	r.setSample(n)
	return r.sample
}

func (r *rate) pick() bool { return atomic.LoadInt32(&r.sample) > 10 }
