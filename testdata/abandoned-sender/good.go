package abandonedsender

import (
	"context"
	"sync"
	"time"
)

func buffered(symbol string) (float64, error) {
	answer := make(chan float64, 1)
	go func() { answer <- fetch(symbol) }()
	select {
	case price := <-answer:
		return price, nil
	case <-time.After(time.Second):
		return 0, errLate
	}
}

func sendWithWayOut(ctx context.Context, symbol string) (float64, error) {
	answer := make(chan float64)
	go func() {
		select {
		case answer <- fetch(symbol):
		case <-ctx.Done():
		}
	}()
	select {
	case price := <-answer:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func alwaysReceives(symbol string) float64 {
	answer := make(chan float64)
	go func() { answer <- fetch(symbol) }()
	return <-answer
}

// One of the two is sent, and each tells that the other is not.
func eitherOr(symbol string) (float64, error) {
	values, errs := make(chan float64), make(chan error)
	go func() {
		v := fetch(symbol)
		if v < 0 {
			errs <- errLate
			return
		}
		values <- v
	}()
	select {
	case v := <-values:
		return v, nil
	case err := <-errs:
		return 0, err
	}
}

// The loop sends once: it returns after the send.
func onceInLoop(ctx context.Context, symbol string) (float64, error) {
	answer := make(chan float64, 1)
	go func() {
		for {
			if v := fetch(symbol); v > 0 {
				answer <- v
				return
			}
		}
	}()
	select {
	case v := <-answer:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type result struct {
	value float64
	err   error
}

// The error ends both sides.
func errorEndsBoth(symbols []string) error {
	results := make(chan result)
	go func() {
		defer close(results)
		for _, symbol := range symbols {
			v := fetch(symbol)
			if v < 0 {
				results <- result{err: errLate}
				return
			}
			results <- result{value: v}
		}
	}()
	for r := range results {
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// The deferred function drains what is left.
func drained(symbols []string) error {
	results := make(chan float64)
	go func() {
		defer close(results)
		for _, symbol := range symbols {
			results <- fetch(symbol)
		}
	}()
	defer func() {
		for range results {
		}
	}()
	for v := range results {
		if v > 10 {
			return errLate
		}
	}
	return nil
}

func okForm(symbols []string) (sum float64) {
	results := make(chan float64)
	go func() {
		defer close(results)
		for _, symbol := range symbols {
			results <- fetch(symbol)
		}
	}()
	for {
		v, ok := <-results
		if !ok {
			return sum
		}
		sum += v
	}
}

// Both branches go together.
func correlated(async bool) error {
	failed := make(chan error)
	if async {
		go func() { failed <- work() }()
	}
	prepare()
	if async {
		return <-failed
	}
	return nil
}

func prepare() {}

// The goroutine has ended when the group says so.
func waited(ctx context.Context) error {
	var wg sync.WaitGroup
	out := make(chan int, 4)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 4; i++ {
			out <- i
		}
	}()
	wg.Wait()
	return ctx.Err()
}

type keeper struct{ out chan float64 }

// Somebody else has the channel too.
func stored(k *keeper, ctx context.Context) error {
	out := make(chan float64)
	k.out = out
	go func() { out <- 1 }()
	select {
	case <-out:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The worker asks before each value, and is told to stop.
func handshake(ctx context.Context) error {
	next := make(chan bool)
	out := make(chan int)
	go func() {
		for i := 0; <-next; i++ {
			out <- i
		}
	}()
	for i := 0; i < 3; i++ {
		next <- true
		if v := <-out; v > 1 {
			break
		}
	}
	next <- false
	return ctx.Err()
}

func sizeOfInput(ctx context.Context, symbols []string) error {
	out := make(chan float64, len(symbols))
	go func() {
		for _, symbol := range symbols {
			out <- fetch(symbol)
		}
	}()
	select {
	case <-out:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A panic is told instead of the result, never after it.
func recovered(ctx context.Context, symbol string) (float64, error) {
	out := make(chan float64, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				out <- -1
			}
		}()
		out <- fetch(symbol)
	}()
	select {
	case price := <-out:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Only the first that works is sent: the buffer has room for it.
func firstGood(ctx context.Context, prices chan float64) (float64, error) {
	good := make(chan float64, 1)
	go func() {
		found := false
		for price := range prices {
			if price < 0 {
				continue
			}
			if found {
				continue
			}
			found = true
			good <- price
		}
	}()
	select {
	case price := <-good:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Whatever comes late is taken by the deferred loop.
func drainedWhenDone(ctx context.Context, symbols []string) (float64, error) {
	out := make(chan float64)
	go func() {
		defer close(out)
		for _, symbol := range symbols {
			out <- fetch(symbol)
		}
	}()
	defer func() {
		for {
			select {
			case _, ok := <-out:
				if !ok {
					return
				}
			case <-time.After(time.Second):
				return
			}
		}
	}()
	for {
		select {
		case price := <-out:
			if price > 1 {
				return price, nil
			}
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func firstMatch(ctx context.Context, prices chan float64) (float64, error) {
	good := make(chan float64, 1)
	go func() {
		found := false
		for price := range prices {
			if price > 0 && !found {
				found = true
				good <- price
			}
		}
	}()
	select {
	case price := <-good:
		return price, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func waitedForAtTheEnd() error {
	var serverErr chan error
	defer func() {
		if serverErr != nil {
			println(<-serverErr)
		}
	}()
	if err := step(); err != nil {
		return err
	}
	serverErr = make(chan error)
	go func() {
		defer close(serverErr)
		serverErr <- step()
	}()
	if err := step(); err != nil {
		return err
	}
	return step()
}

func step() error {
	println()
	return nil
}
