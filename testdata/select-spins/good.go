package spin

import (
	"context"
	"io"
	"sync/atomic"
	"time"
)

func sleeps(jobs <-chan job) {
	for {
		select {
		case j := <-jobs:
			run(j)
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func leaves(jobs <-chan job) (sum int) {
	for {
		select {
		case j := <-jobs:
			sum += j.n
		default:
			return sum
		}
	}
}

func leavesByLabel(jobs <-chan job) (sum int) {
drain:
	for {
		select {
		case j := <-jobs:
			sum += j.n
		default:
			break drain
		}
	}
	return sum
}

func looksBeforeWork(ctx context.Context, r io.Reader) error {
	buf := make([]byte, 4096)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		if _, err := r.Read(buf); err != nil {
			return err
		}
	}
}

func worksInDefault(stop <-chan struct{}, step func() int) (sum int) {
	for {
		select {
		case <-stop:
			return sum
		default:
			sum += step()
		}
	}
}

func computes(stop <-chan struct{}) (n int) {
	for {
		select {
		case <-stop:
			return n
		default:
			n++
		}
	}
}

func waitsInDefault(high, low <-chan job) {
	for {
		select {
		case j := <-high:
			run(j)
		default:
			select {
			case j := <-high:
				run(j)
			case j := <-low:
				run(j)
			}
		}
	}
}

func triesAll(subscribers []chan<- job, j job) {
	for _, c := range subscribers {
		select {
		case c <- j:
		default:
		}
	}
}

func triesSomeTimes(out chan<- job, j job) bool {
	for i := 0; i < 3; i++ {
		select {
		case out <- j:
			return true
		default:
		}
	}
	return false
}

func waitsAfterwards(stop <-chan struct{}, ticks <-chan time.Time) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		<-ticks
	}
}

// newest keeps only the latest value in a buffer of one.
func newest(box chan job, j job) {
	for {
		select {
		case box <- j:
			return
		default:
			select {
			case <-box:
			default:
			}
		}
	}
}

func noDefault(ctx context.Context, jobs <-chan job) {
	for {
		select {
		case j := <-jobs:
			run(j)
		case <-ctx.Done():
			return
		}
	}
}

func perEvent(events <-chan job, wake chan<- struct{}) {
	for range events {
		for {
			select {
			case wake <- struct{}{}:
			default:
			}
			break
		}
	}
}

// A turn that finds the state changed between two looks is rare: all others wait below.
func waitsBelow(ctx context.Context, state *atomic.Int32, wake chan struct{}, run func() bool) {
	for {
		if state.Load() == 1 && run() {
			continue
		}
		select {
		case <-ctx.Done():
			return
		default:
		}
		switch state.Load() {
		case 1:
			continue
		case 2:
			state.Store(0)
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
	}
}

func untilEmpty(jobs chan int) {
	for {
		select {
		case job := <-jobs:
			println(job)
		default:
		}
		if len(jobs) == 0 {
			break
		}
	}
}
