package mixed

import (
	"sync"
	at "sync/atomic"
	"time"
)

type requestStats struct {
	inFlight int64
	served   uint64
	stopped  int32
	last     int64
}

func (s *requestStats) begin() {
	at.AddInt64(&s.inFlight, 1)
	at.AddUint64(&s.served, 1)
}

func (s *requestStats) end() { at.AddInt64(&s.inFlight, -1) }

func (s *requestStats) overloaded() bool {
	return s.inFlight > 100 // want "GLC510 s.inFlight is read plainly here and with sync/atomic elsewhere"
}

func (s *requestStats) forget() {
	s.served = 0 // want "GLC510 s.served is set plainly here"
}

func (s *requestStats) stop() { at.StoreInt32(&s.stopped, 1) }

// Spins on a register.
func (s *requestStats) running() bool {
	return s.stopped == 0 // want "GLC510 s.stopped is read plainly"
}

func (s *requestStats) lastAt() time.Time {
	return time.Unix(0, at.LoadInt64(&s.last))
}

// The plain write meets the atomic read.
func (s *requestStats) touch() {
	s.last = time.Now().UnixNano() // want "GLC510 s.last is set plainly"
}

var requests int64

func count() { at.AddInt64(&requests, 1) }

func counted() int64 {
	return requests // want "GLC510 requests is read plainly"
}

// In a closure, on another goroutine.
func (s *requestStats) watch(limit int64, alarm func(), done *sync.WaitGroup) {
	done.Add(1)
	go func() {
		defer done.Done()
		if s.inFlight > limit { // want "GLC510 s.inFlight is read plainly"
			alarm()
		}
	}()
}

func localCounter(n int) int64 {
	var total int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { at.AddInt64(&total, 1) })
	}
	if total > 2 { // want "GLC510 total is read plainly"
		total = 2
	}
	wg.Wait()
	return total
}

func localFlag() bool {
	var ready int32
	done := make(chan struct{})
	go func() {
		ready = 1 // want "GLC510 ready is set plainly"
		close(done)
	}()
	early := at.LoadInt32(&ready) == 1
	<-done
	return early
}

type session struct {
	id   string
	refs int32
}

func (s *session) acquire() { at.AddInt32(&s.refs, 1) }

func (s *session) idle() bool {
	return s.refs == 0 // want "GLC510 s.refs is read plainly"
}
