// Package tickers122 is ruled by a Go version in which forgotten tickers are kept.
package tickers122

import (
	"errors"
	clock "time"
)

type server struct{ done chan struct{} }

func Watch(done <-chan struct{}, poll func()) {
	ticker := clock.NewTicker(clock.Second) // want "GLC402 this ticker is never stopped"
	for {
		select {
		case <-ticker.C:
			poll()
		case <-done:
			return
		}
	}
}

func (s *server) Run(poll func() error) error {
	t := clock.NewTicker(clock.Second) // want "GLC402 this ticker is on some path never stopped"
	for {
		select {
		case <-t.C:
			if err := poll(); err != nil {
				return err
			}
		case <-s.done:
			t.Stop()
			return nil
		}
	}
}

func Receive(in <-chan int) (int, error) {
	timer := clock.NewTimer(clock.Minute) // want "GLC402 this timer is neither stopped"
	select {
	case n := <-in:
		return n, nil
	case <-timer.C:
		return 0, errors.New("timeout")
	}
}

func Each(in <-chan int, handle func(int)) {
	for {
		timer := clock.NewTimer(clock.Minute) // want "GLC402 .*call timer.Stop\(\) on each turn"
		select {
		case n := <-in:
			handle(n)
		case <-timer.C:
			return
		}
	}
}

func Ranges(poll func() bool) {
	ticker := clock.NewTicker(clock.Second) // want "GLC402"
	for range ticker.C {
		if poll() {
			return
		}
	}
}

func Start(done <-chan struct{}, poll func()) {
	go func() {
		ticker := clock.NewTicker(clock.Second) // want "GLC402"
		for {
			select {
			case <-ticker.C:
				poll()
			case <-done:
				return
			}
		}
	}()
}
