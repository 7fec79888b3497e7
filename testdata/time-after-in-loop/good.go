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
