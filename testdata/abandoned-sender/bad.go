package abandonedsender

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("late")

func fetch(symbol string) float64 { return float64(len(symbol)) }

func timeout(symbol string) (float64, error) {
	answer := make(chan float64)
	go func() {
		answer <- fetch(symbol) // want "GLC201 .*receiver of answer can return without receiving.*make.chan T, 1"
	}()
	select {
	case price := <-answer:
		return price, nil
	case <-time.After(time.Second):
		return 0, errLate
	}
}

func earlyReturn(ctx context.Context, symbol string) (float64, error) {
	var answer = make(chan float64)
	go func() {
		answer <- fetch(symbol) // want "GLC201"
	}()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return <-answer, nil
}

type store struct{}

func (s *store) load(id string, out chan<- float64) {
	out <- fetch(id) // want "GLC201"
}

func (s *store) page(id string) (float64, error) {
	loaded := make(chan float64)
	go s.load(id, loaded)
	if id == "" {
		return 0, errLate
	}
	return <-loaded, nil
}

// The select hides in a helper.
func waitFor(ctx context.Context, done <-chan float64) (float64, error) {
	select {
	case v := <-done:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func throughHelper(ctx context.Context) (float64, error) {
	done := make(chan float64)
	go sendTo(done)
	return waitFor(ctx, done)
}

func sendTo(out chan float64) {
	out <- 1 // want "GLC201"
}

func generic[T any](ctx context.Context, call func() T) (T, error) {
	done := make(chan T)
	go func() {
		done <- call() // want "GLC201"
	}()
	select {
	case v := <-done:
		return v, nil
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}

// A generator whose consumer stops when it has enough.
func numbers(limit int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < limit; i++ {
			out <- i // want "GLC201 .*leave before the last value.*ctx.Done"
		}
	}()
	return out
}

func firstPage(size int) []int {
	var page []int
	for n := range numbers(1000) {
		page = append(page, n)
		if len(page) == size {
			break
		}
	}
	return page
}

// Each turn makes a channel and may leave its sender behind.
func everyTurn(ctx context.Context, symbols []string) (sum float64) {
	for _, symbol := range symbols {
		answer := make(chan float64)
		go func() {
			answer <- fetch(symbol) // want "GLC201"
		}()
		select {
		case v := <-answer:
			sum += v
		case <-time.After(time.Millisecond):
			continue
		}
	}
	return sum
}

func poll(symbol string) float64 {
	ready := make(chan float64)
	go func() {
		ready <- fetch(symbol) // want "GLC201"
	}()
	select {
	case v := <-ready:
		return v
	default:
		return 0
	}
}

// The channel of errors ends the wait for results, and the other way round, but the timer is left.
func twoChannels(symbol string) (float64, error) {
	values, errs := make(chan float64), make(chan error)
	go func() {
		v := fetch(symbol)
		if v < 0 {
			errs <- errLate // want "GLC201"
			return
		}
		values <- v // want "GLC201"
	}()
	select {
	case v := <-values:
		return v, nil
	case err := <-errs:
		return 0, err
	case <-time.After(time.Second):
		return 0, errLate
	}
}

// A closure in a variable, started further down.
func closureVariable(ctx context.Context) error {
	failed := make(chan error)
	run := func() {
		failed <- work() // want "GLC201"
	}
	go run()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func work() error { return nil }

// The flag is taken back, so that more than one value is sent after all.
func flagTakenBack(ctx context.Context, prices chan float64) (float64, error) {
	good := make(chan float64, 1)
	go func() {
		found := false
		for price := range prices {
			if found {
				found = price > 0
				continue
			}
			found = true
			good <- price // want "GLC201"
		}
	}()
	select {
	case price := <-good:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// After a panic nothing is sent: the buffer is missing all the same.
func recoveredWithoutRoom(ctx context.Context, symbol string) (float64, error) {
	out := make(chan float64)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				out <- -1
			}
		}()
		out <- fetch(symbol) // want "GLC201"
	}()
	select {
	case price := <-out:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
