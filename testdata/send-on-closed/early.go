package sendonclosed

import (
	"context"
	"sync"
	"time"
)

func work() int { return 1 }

// The deadline wins: the close comes before the send.
func deadline(ctx context.Context) (int, error) {
	result := make(chan int)
	defer close(result)
	go func() {
		result <- work() // want "GLC206 result may be closed by now"
	}()
	select {
	case n := <-result:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A buffer keeps nobody from sending on what is closed.
func buffered(patience time.Duration) int {
	result := make(chan int, 1)
	defer close(result)
	go compute(result)
	select {
	case n := <-result:
		return n
	case <-time.After(patience):
		return 0
	}
}

func compute(out chan<- int) {
	out <- work() // want "GLC206"
}

// The sender closes.
func senderCloses(ctx context.Context) (int, error) {
	result := make(chan int, 1)
	go func() {
		defer close(result)
		result <- work()
	}()
	select {
	case n := <-result:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Always received.
func received() int {
	result := make(chan int)
	defer close(result)
	go func() { result <- work() }()
	return <-result
}

// Joined before the close.
func joined(ctx context.Context) int {
	var wg sync.WaitGroup
	result := make(chan int, 1)
	defer close(result)
	wg.Add(1)
	go func() {
		defer wg.Done()
		result <- work()
	}()
	wg.Wait()
	select {
	case n := <-result:
		return n
	case <-ctx.Done():
		return 0
	}
}
