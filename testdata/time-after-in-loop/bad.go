// Package timeafter holds loops that make a timer on every turn.
package timeafter

import (
	"context"
	"errors"
	clock "time"
)

type consumer struct {
	queue chan string
	quit  chan struct{}
	idle  clock.Duration
}

func (c *consumer) run(handle func(string)) {
	for {
		select {
		case msg := <-c.queue:
			handle(msg)
		case <-clock.After(clock.Minute): // want "GLC401 time.After in a loop allocates"
			return
		}
	}
}

func (c *consumer) fieldDuration(handle func(string)) {
	for {
		select {
		case msg := <-c.queue:
			handle(msg)
		case <-clock.After(c.idle): // want "GLC401"
			return
		case <-c.quit:
			return
		}
	}
}

func labelled(in <-chan int, sum func(int)) {
outer:
	for {
		select {
		case n, ok := <-in:
			if !ok {
				break outer
			}
			if n < 0 {
				continue outer
			}
			sum(n)
		case <-clock.After(5 * clock.Second): // want "GLC401"
			break outer
		}
	}
}

func closure(in <-chan int) func() int {
	return func() int {
		total := 0
		for {
			select {
			case n := <-in:
				total += n
			case <-clock.After(clock.Second): // want "GLC401"
				return total
			}
		}
	}
}

func overRange(ctx context.Context, jobs <-chan int, hosts []string, send func(string, int)) error {
	for _, host := range hosts {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case job := <-jobs:
			send(host, job)
		case <-clock.After(backoff(len(host))): // want "GLC401"
		}
	}
	return errors.New("no host")
}

func backoff(n int) clock.Duration { return clock.Duration(n) * clock.Millisecond }

func manyTurns(in <-chan int) {
	for i := 0; i < 1000; i++ {
		select {
		case <-in:
		case <-clock.After(clock.Second): // want "GLC401"
		}
	}
}

func labelledSelect(in <-chan int, handle func(int)) {
	for {
	wait:
		select {
		case n := <-in:
			if n < 0 {
				break wait
			}
			handle(n)
		case <-clock.After(clock.Second): // want "GLC401"
			return
		}
	}
}

type numbers interface{ ~int | ~int64 }

func generic[T numbers](in <-chan T) (total T) {
	for {
		select {
		case n := <-in:
			total += n
		case <-clock.After(clock.Second): // want "GLC401"
			return total
		}
	}
}

func inVariable(in <-chan int, handle func(int)) {
	for {
		timeout := clock.After(clock.Second) // want "GLC401"
		select {
		case n := <-in:
			handle(n)
		case <-timeout:
			return
		}
	}
}

func dropsWhenFull(in <-chan int, out chan<- int) {
	for n := range in {
		select {
		case out <- n:
		case <-clock.After(10 * clock.Millisecond): // want "GLC401"
		}
	}
}
