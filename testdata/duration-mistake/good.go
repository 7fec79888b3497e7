package durations

import (
	"context"
	"net/http"
	"time"
)

const grace = 10 * time.Second

type settings struct {
	wait    time.Duration
	seconds int
}

func withUnit(ctx context.Context) {
	time.Sleep(5 * time.Second)
	time.Sleep(retryDelay * time.Millisecond)
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	<-ctx.Done()
}

func atOnce() *time.Timer {
	time.Sleep(0)
	time.Sleep(1)
	return time.NewTimer(1)
}

func counted(n int, s settings) {
	time.Sleep(time.Duration(n) * time.Second)
	time.Sleep(time.Second * time.Duration(s.seconds))
	time.Sleep(time.Duration(3) * time.Second)
	count := time.Duration(4)
	time.Sleep(count * time.Minute)
}

// The caller may well pass a bare count.
func parameter(n time.Duration, s settings) time.Duration {
	return n*time.Second + s.wait*time.Millisecond
}

func share(total time.Duration, start time.Time) time.Duration {
	elapsed := time.Since(start)
	part := elapsed * total / (time.Minute)
	whole := (elapsed * time.Second) / time.Minute
	ratio := elapsed / time.Millisecond * time.Second
	return part + whole + ratio
}

func variance(start time.Time) time.Duration {
	diff := time.Since(start)
	return diff * diff
}

func many() {
	time.Sleep(50_000)
	time.Sleep(1e6)
}

func own(wait func(time.Duration), s *settings) {
	wait(5)
	s.wait = 7
	_ = settings{wait: 7}
}

func arithmetic(t time.Time) time.Time {
	return t.Add(5).Add(time.Duration(3)).Round(10)
}

func positive(period time.Duration) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	ticker.Reset(time.Second / 2)
}

func clients(seconds int) *http.Client {
	return &http.Client{Timeout: time.Duration(seconds) * time.Second}
}

type fake struct{}

func (fake) Sleep(int) {}

func shadowed() {
	time := fake{}
	time.Sleep(5)
}

func changed(slow bool) {
	unit := time.Duration(2)
	if slow {
		unit = 10
	}
	time.Sleep(unit * time.Second)
}

func meant() {
	//lint:ignore SA1004 as short as it gets
	time.Sleep(2)
}

// One nanosecond is one: said twice it changes nothing.
func pauseBetween(eventsPerSecond int64) {
	pause := (1000000000 / time.Duration(eventsPerSecond) * time.Nanosecond) * time.Nanosecond
	time.Sleep(pause)
}
