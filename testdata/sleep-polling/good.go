package polling

import (
	"context"
	"time"
)

func withContext(ctx context.Context, ready func() bool) {
	for !ready() {
		if ctx.Err() != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func counted(ready func() bool) {
	for i := 0; i < 10 && !ready(); i++ {
		time.Sleep(time.Second)
	}
}

func countedInside(ready func() bool) {
	turns := 0
	for !ready() {
		turns++
		time.Sleep(time.Second)
	}
}

func untilDeadline(ready func() bool, deadline time.Time) {
	for !ready() && time.Now().Before(deadline) {
		time.Sleep(time.Second)
	}
}

func periodic(work func()) {
	for {
		work()
		time.Sleep(time.Second)
	}
}

func stopped(done <-chan struct{}, ready func() bool) {
	for !ready() {
		select {
		case <-done:
			return
		default:
		}
		time.Sleep(time.Second)
	}
}

func backsOff(connect func() error) {
	wait := time.Second
	for connect() != nil {
		time.Sleep(wait)
		wait *= 2
	}
}

func ranges(jobs []int, work func(int) bool) {
	for _, job := range jobs {
		if work(job) {
			return
		}
		time.Sleep(time.Second)
	}
}

func init() {
	var set bool
	probe := func() bool { set = !set; return !set }
	for !probe() {
		time.Sleep(time.Millisecond)
	}
}

type fake struct{}

func (fake) Sleep(int) {}

func shadowed(time fake, ready func() bool) {
	for !ready() {
		time.Sleep(1)
	}
}

// A heartbeat goes on while all is well.
func heartbeat(beat func() error) error {
	for {
		if err := beat(); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}
