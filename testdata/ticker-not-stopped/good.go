package tickers

import "time"

type holder struct{ ticker *time.Ticker }

func deferred(done <-chan struct{}, poll func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			poll()
		case <-done:
			return
		}
	}
}

func deferredClosure(poll func() bool) {
	ticker := time.NewTicker(time.Second)
	defer func() { ticker.Stop() }()
	for !poll() {
		<-ticker.C
	}
}

func everyPath(poll func() error) error {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		if err := poll(); err != nil {
			ticker.Stop()
			return err
		}
	}
	ticker.Stop()
	return nil
}

func endless(poll func()) {
	ticker := time.NewTicker(time.Second)
	for {
		<-ticker.C
		poll()
	}
}

func returned() *time.Ticker {
	ticker := time.NewTicker(time.Second)
	return ticker
}

func stored(h *holder) {
	ticker := time.NewTicker(time.Second)
	h.ticker = ticker
}

func channelLeaves() <-chan time.Time {
	ticker := time.NewTicker(time.Second)
	return ticker.C
}

func passed(run func(*time.Ticker)) {
	ticker := time.NewTicker(time.Second)
	run(ticker)
}

func stopValue(cleanup func(func())) {
	ticker := time.NewTicker(time.Second)
	cleanup(ticker.Stop)
	<-ticker.C
}

func assignedAgain(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	ticker.Stop()
	ticker = time.NewTicker(time.Minute)
	defer func() { ticker.Stop() }()
	<-done
}

func timerIsCollected(in <-chan int) {
	timer := time.NewTimer(time.Minute)
	select {
	case <-in:
	case <-timer.C:
	}
}

func init() {
	ticker := time.NewTicker(time.Millisecond)
	<-ticker.C
}

type clock struct{}

func (clock) NewTicker(time.Duration) *time.Ticker { return nil }

func shadowed(time clock) {
	ticker := time.NewTicker(1)
	<-ticker.C
}
