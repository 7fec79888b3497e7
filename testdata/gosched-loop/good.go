package sums

import (
	"runtime"
	"sync"
	"sync/atomic"
)

func once() { runtime.Gosched() }

func inClosure(rows []int) (later []func()) {
	for range rows {
		later = append(later, func() { runtime.Gosched() })
	}
	return later
}

func lockFree(n *atomic.Int64) {
	for {
		old := n.Load()
		if n.CompareAndSwap(old, old+1) {
			return
		}
		runtime.Gosched()
	}
}

func tries(mu *sync.Mutex) {
	for !mu.TryLock() {
		runtime.Gosched()
	}
}

func collects(done *atomic.Bool) {
	for !done.Load() {
		runtime.GC()
		runtime.Gosched()
	}
}

type scheduler struct{}

func (scheduler) Gosched() {}

func other(s scheduler) {
	for range 3 {
		s.Gosched()
	}
}

func beforeLoop(rows []int) (sum int) {
	runtime.Gosched()
	for _, row := range rows {
		sum += row
	}
	return sum
}

func afterLoop(rows []int) (sum int) {
	for _, row := range rows {
		sum += row
	}
	runtime.Gosched()
	return sum
}

func fillsBatch(jobs chan int, store func([]int)) {
	var batch []int
	for job := range jobs {
		batch = append(batch, job)
		if len(jobs) == 0 {
			runtime.Gosched()
		}
		if len(jobs) == 0 {
			store(batch)
			batch = nil
		}
	}
}
