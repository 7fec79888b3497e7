package timeafter

import (
	"sync"
	"time"
)

func once(in <-chan int) int {
	select {
	case n := <-in:
		return n
	case <-time.After(time.Second):
		return 0
	}
}

func oneTimer(in <-chan int, handle func(int)) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case n := <-in:
			handle(n)
		case <-timer.C:
			return
		}
	}
}

func deadlineOutside(in <-chan int, handle func(int)) {
	deadline := time.After(time.Minute)
	for {
		select {
		case n := <-in:
			handle(n)
		case <-deadline:
			return
		}
	}
}

func fewTurns(in <-chan int) {
	for i := 0; i < 3; i++ {
		select {
		case <-in:
			return
		case <-time.After(time.Second):
		}
	}
}

func fewHosts(in <-chan int) {
	for range []string{"a", "b"} {
		select {
		case <-in:
		case <-time.After(time.Second):
		}
	}
}

type fakeClock struct{}

func (fakeClock) After(time.Duration) <-chan time.Time { return nil }

func shadowed(in <-chan int, d time.Duration) {
	time := fakeClock{}
	for {
		select {
		case <-in:
		case <-time.After(d):
			return
		}
	}
}

func closurePerTurn(jobs []func(<-chan time.Time), group *sync.WaitGroup) {
	for _, job := range jobs {
		group.Go(func() {
			job(time.After(time.Second))
		})
	}
}

func inInit(in <-chan int) {
	for deadline := time.After(time.Minute); ; {
		select {
		case <-in:
		case <-deadline:
			return
		}
	}
}

func poll(ready func() bool) {
	for !ready() {
		<-time.After(time.Second)
	}
}

func waitsEachTurn(stop <-chan struct{}, work func()) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
		work()
	}
}

func leavesAfterSelect(results <-chan int, hosts []string, late *int) int {
	for range hosts {
		select {
		case n := <-results:
			*late = n
		case <-time.After(time.Second):
			continue
		}
		return *late
	}
	return 0
}

func onlyIfNoneRuns(in <-chan int, flush func([]int)) {
	var timeout <-chan time.Time
	var batch []int
	for {
		select {
		case n := <-in:
			if timeout == nil {
				timeout = time.After(time.Second)
			}
			batch = append(batch, n)
		case <-timeout:
			flush(batch)
			timeout, batch = nil, nil
		}
	}
}

func helperWaits(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return false
	case <-time.After(time.Second):
		return true
	}
}

func methodValue(in <-chan int) {
	after := time.After
	deadline := after(time.Second)
	for {
		select {
		case <-in:
		case <-deadline:
			return
		}
	}
}

func waitOne(in <-chan int) (int, bool) {
	select {
	case n := <-in:
		return n, true
	case <-time.After(time.Second):
		return 0, false
	}
}

func drain(in <-chan int) (total int) {
	for {
		n, ok := waitOne(in)
		if !ok {
			return total
		}
		total += n
	}
}

func nestedSelect(a, b <-chan int) {
	for {
		select {
		case <-a:
			select {
			case <-b:
			case <-time.After(time.Second):
			}
		case <-b:
			return
		}
	}
}

func oneTurnInMany(in <-chan int, out chan<- int) {
	for n := range in {
		if n < 0 {
			select {
			case out <- n:
			case <-time.After(time.Second):
			}
		}
	}
}
