package ticks

import "time"

type holder struct{ tick <-chan time.Time }

var shared = time.Tick(time.Minute)

func endless(poll func()) {
	tick := time.Tick(time.Second)
	for {
		<-tick
		poll()
	}
}

func endlessRange(poll func()) {
	for range time.Tick(time.Second) {
		poll()
	}
}

func returned() <-chan time.Time {
	tick := time.Tick(time.Second)
	return tick
}

func returnedAtOnce() <-chan time.Time {
	return time.Tick(time.Second)
}

func stored(h *holder) {
	h.tick = time.Tick(time.Second)
}

func passed(run func(<-chan time.Time)) {
	run(time.Tick(time.Second))
}

func init() {
	<-time.Tick(time.Millisecond)
}

func replaced(done <-chan struct{}, poll func()) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			poll()
		case <-done:
			return
		}
	}
}

func usesShared() {
	<-shared
}

type fake struct{}

func (fake) Tick(time.Duration) <-chan time.Time { return nil }

func shadowed(time fake) {
	<-time.Tick(1)
}
