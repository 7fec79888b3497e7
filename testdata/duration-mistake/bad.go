// Package durations holds times without a unit, and products of times.
package durations

import (
	"context"
	"net"
	"net/http"
	clock "time"
)

const retryDelay = 100

const (
	poll   = 2 * clock.Second
	factor = 3
)

func sleeps() {
	clock.Sleep(5) // want "GLC405 without a unit 5 means 5 nanoseconds: this sleep is over"
}

func named(dial func() error) {
	for dial() != nil {
		clock.Sleep(retryDelay) // want "GLC405 without a unit retryDelay means 100 nanoseconds"
	}
}

func localConstant() {
	const wait = 10 * 3
	clock.Sleep(wait) // want "GLC405 .*30 nanoseconds"
}

func converted() {
	clock.Sleep(clock.Duration(250)) // want "GLC405"
}

func deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 30) // want "GLC405 .*this time is over .*30 \* clock.Millisecond"
}

func timers(stop <-chan struct{}) {
	timer := clock.NewTimer(60) // want "GLC405"
	defer timer.Stop()
	timer.Reset(5 * 60) // want "GLC405 .*300 nanoseconds"
	select {
	case <-clock.After(500): // want "GLC405"
	case <-timer.C:
	case <-stop:
	}
}

func fields() (*http.Client, *net.Dialer) {
	client := &http.Client{
		Timeout: 10, // want "GLC405 .*this timeout is over"
	}
	dialer := &net.Dialer{}
	dialer.Timeout = 3 // want "GLC405"
	return client, dialer
}

func products(start clock.Time) clock.Duration {
	elapsed := clock.Since(start) * clock.Millisecond // want "GLC405 both factors"
	second := clock.Second
	return elapsed + second*clock.Second // want "GLC405 both factors"
}

func constantProduct() {
	const timeout = 2 * clock.Second
	clock.Sleep(timeout * clock.Second)         // want "GLC405 both factors"
	clock.Sleep(factor * poll * clock.Second)   // want "GLC405 both factors"
	clock.Sleep(clock.Duration(poll) * timeout) // want "GLC405 both factors"
}

func periods() <-chan clock.Time {
	ticker := clock.NewTicker(0) // want "GLC405 NewTicker panics"
	ticker.Reset(-clock.Second)  // want "GLC405 Reset panics"
	return clock.Tick(0)         // want "GLC405 the channel of time.Tick is nil"
}

func inClosure(run func(func())) {
	run(func() { clock.Sleep(20) }) // want "GLC405"
}
