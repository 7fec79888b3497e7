// Package timeafter122 is ruled by a Go version in which forgotten timers are kept.
package timeafter122

import "time"

func pilesUp(in <-chan int, handle func(int)) {
	for {
		select {
		case n := <-in:
			handle(n)
		case <-time.After(time.Minute): // want "GLC401 every turn of this loop leaves a timer behind"
			return
		}
	}
}

func helper(in <-chan int) bool {
	select {
	case <-in:
		return true
	case <-time.After(time.Minute): // want "GLC401 every turn of this loop leaves a timer behind"
		return false
	}
}

func callsHelper(in <-chan int) {
	for helper(in) {
	}
}

func waitsEachTurn(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
	}
}

func waitOne(in <-chan int) (int, bool) {
	select {
	case n := <-in:
		return n, true
	case <-time.After(time.Second): // want "GLC401"
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
			case <-time.After(time.Second): // want "GLC401"
			}
		case <-b:
			return
		}
	}
}
