package condwait

import (
	"sync"
	"time"
)

func (q *queue) popLoop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) endless(handle func(int)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if len(q.items) > 0 {
			handle(q.items[0])
			q.items = q.items[1:]
			continue
		}
		q.cond.Wait()
	}
}

func (q *queue) byGoto() {
	q.mu.Lock()
	defer q.mu.Unlock()
again:
	if !q.ready {
		q.cond.Wait()
		goto again
	}
}

// The caller holds the lock, and has the loop.
func (q *queue) waitLocked() {
	q.cond.Wait()
}

func (q *queue) popByHelper() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.waitLocked()
	}
	return q.items[0]
}

func (q *queue) closureInLoop() {
	for !q.isReady() {
		func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			if !q.ready {
				q.cond.Wait()
			}
		}()
	}
}

func (q *queue) isReady() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.ready
}

func (q *queue) nested(batches int) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	sum := 0
	for range batches {
		for len(q.items) < 10 {
			if !q.ready {
				q.cond.Wait()
			}
		}
		sum += len(q.items)
	}
	return sum
}

// Not that Wait.
type process struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (p *process) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wg.Wait()
}

type Cond struct{ interval time.Duration }

func (c *Cond) Wait() { time.Sleep(c.interval) }

func (p *process) pause(cond *Cond) {
	p.mu.Lock()
	defer p.mu.Unlock()
	cond.Wait()
}

// A wrapper has no condition of its own.
type Broadcaster struct{ cond *sync.Cond }

func (b *Broadcaster) Wait() { b.cond.Wait() }

func (q *queue) untilWoken() {
	q.mu.Lock()
	defer q.mu.Unlock()
	woken := q.ready
	for !woken {
		q.cond.Wait()
		woken = q.ready
	}
}

// Called on each turn of a loop, which tests again.
func (q *queue) takeOrWait() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.cond.Wait()
		return 0, false
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item, true
}

func (q *queue) takeOne() int {
	for {
		if item, ok := q.takeOrWait(); ok {
			return item
		}
	}
}

func (q *queue) afterFlush() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	// We are not waiting for the queue to be full, but for the flush under way.
	if len(q.items) == 0 {
		q.cond.Wait()
	}
	return len(q.items)
}

// The only wait, on a condition of its own: the lock is held before anybody can signal.
func waitsForOne(work func()) {
	mutex := sync.Mutex{}
	cond := sync.NewCond(&mutex)
	mutex.Lock()
	defer mutex.Unlock()
	go func() {
		work()
		mutex.Lock()
		cond.Broadcast()
		mutex.Unlock()
	}()
	cond.Wait()
}
