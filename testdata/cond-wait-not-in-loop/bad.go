package condwait

import (
	"errors"
	"sync"
	sy "sync"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	ready bool
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

// Tested once: another consumer may take the item first.
func (q *queue) pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.cond.Wait() // want "GLC511 .*hangs, or goes on .*wait in `for len\(q.items\) == 0`"
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

// Not tested at all: the signal may have come before.
func (q *queue) await() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cond.Wait() // want "GLC511 .*test it before: `for !condition \{ q.cond.Wait\(\) \}`"
}

func (q *queue) awaitOrFail() error {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	if !q.ready {
		q.cond.Wait() // want "GLC511"
		if !q.ready {
			return errors.New("woken for nothing")
		}
	}
	return nil
}

func (q *queue) popOrZero(wait bool) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case len(q.items) > 0:
		return q.items[0]
	case wait:
		q.cond.Wait() // want "GLC511"
	}
	return 0
}

// The loop ends before the wait.
func (q *queue) drainThenWait() {
	q.mu.Lock()
	for len(q.items) > 0 {
		q.items = q.items[1:]
	}
	q.cond.Wait() // want "GLC511"
	q.mu.Unlock()
}

// A loop that leaves after one turn is none.
func (q *queue) leavesLoop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.ready {
		q.cond.Wait() // want "GLC511"
		break
	}
}

// The loop is around the closure's start, not around its wait: each waits once.
func (q *queue) waiters(n int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		q.mu.Lock()
		if !q.ready {
			q.cond.Wait() // want "GLC511"
		}
		q.mu.Unlock()
	}()
	wg.Wait()
}

type gate struct {
	sy.Mutex
	open bool
	cond sy.Cond
}

func (g *gate) enter() {
	g.Lock()
	defer g.Unlock()
	cond := &g.cond
	if !g.open {
		cond.Wait() // want "GLC511"
	}
}

func local() bool {
	var mu sync.Mutex
	done := false
	cond := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		done = true
		mu.Unlock()
		cond.Broadcast()
	}()
	mu.Lock()
	defer mu.Unlock()
	if !done {
		cond.Wait() // want "GLC511"
	}
	return done
}
