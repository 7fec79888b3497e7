package tickers122

import (
	"errors"
	"time"
)

func stoppedTimer(in <-chan int) (int, error) {
	timer := time.NewTimer(time.Minute)
	select {
	case n := <-in:
		timer.Stop()
		return n, nil
	case <-timer.C:
		return 0, errors.New("timeout")
	}
}

func waitsForTimer() {
	timer := time.NewTimer(time.Second)
	<-timer.C
}

func onlyAtTheEnd(done <-chan struct{}, retry func() bool) {
	timer := time.NewTimer(time.Second)
	for {
		select {
		case <-timer.C:
			if retry() {
				return
			}
			timer.Reset(time.Second)
		case <-done:
			return
		}
	}
}
