// Package tickers makes tickers that nothing stops.
package tickers

import "time"

func Watch(done <-chan struct{}, poll func()) {
	ticker := time.NewTicker(time.Second) // want "GLC402 this ticker is never stopped, and ticks until"
	for {
		select {
		case <-ticker.C:
			poll()
		case <-done:
			return
		}
	}
}

func Early(done <-chan struct{}, ready func() bool) {
	ticker := time.NewTicker(time.Second) // want "GLC402 this ticker is on some path never stopped"
	if ready() {
		return
	}
	defer ticker.Stop()
	for range 5 {
		<-ticker.C
	}
}

func Turns(jobs []int, work func(int) bool) {
	for _, job := range jobs {
		ticker := time.NewTicker(time.Second) // want "GLC402 .*make one ticker before the loop"
		for !work(job) {
			<-ticker.C
		}
	}
}

func Generic[T any](in <-chan T, flush func([]T)) {
	var batch []T
	ticker := time.NewTicker(time.Second) // want "GLC402"
loop:
	for {
		select {
		case item, ok := <-in:
			if !ok {
				break loop
			}
			batch = append(batch, item)
		case <-ticker.C:
			flush(batch)
			batch = nil
			continue loop
		}
	}
	flush(batch)
}
