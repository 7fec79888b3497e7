// Package spin has loops that never sleep.
package spin

import (
	"context"
	"log"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type job struct{ n int }

func run(j job) int { return j.n * j.n }

func emptyDefault(jobs <-chan job) {
	for {
		select {
		case j, ok := <-jobs:
			if !ok {
				return
			}
			run(j)
		default: // want "GLC204 .*keeps a core busy"
		}
	}
}

func continues(ctx context.Context, jobs <-chan job) {
	for {
		select {
		case j := <-jobs:
			run(j)
		case <-ctx.Done():
			return
		default: // want "GLC204"
			continue
		}
	}
}

func breaks(jobs <-chan job) {
	for {
		select {
		case j := <-jobs:
			run(j)
		default: // want "GLC204"
			break // leaves the select only
		}
	}
}

func yields(jobs <-chan job, stop *atomic.Bool) {
	for !stop.Load() {
		select {
		case j := <-jobs:
			run(j)
		default: // want "GLC204"
			runtime.Gosched()
		}
	}
}

func labelled(jobs, urgent <-chan job) {
next:
	for {
		select {
		case j := <-urgent:
			run(j)
			continue next
		case j := <-jobs:
			run(j)
		default: // want "GLC204"
			continue next
		}
	}
}

func prints(results chan<- int) {
	for {
		select {
		case results <- 1:
			return
		default: // want "GLC204"
			log.Println("still waiting")
		}
	}
}

func untilDeadline(done <-chan struct{}, deadline time.Time) bool {
	for {
		select {
		case <-done:
			return true
		default: // want "GLC204"
			if time.Now().After(deadline) {
				return false
			}
		}
	}
}

type pool struct {
	mu   sync.Mutex
	idle []job
}

func (p *pool) polls(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default: // want "GLC204"
			p.mu.Lock()
			n := len(p.idle)
			p.mu.Unlock()
			if n == 0 {
				continue
			}
			p.take()
		}
	}
}

func (p *pool) take() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = p.idle[1:]
}

func selectInSelect(high, low <-chan job) {
	go func() {
		for {
			select {
			case j := <-high:
				run(j)
			default: // want "GLC204"
				select {
				case j := <-low:
					run(j)
				default: // want "GLC204"
				}
			}
		}
	}()
}

func generic[T any](in <-chan T, each func(T)) {
	for {
		select {
		case v := <-in:
			each(v)
		default: // want "GLC204"
		}
	}
}
