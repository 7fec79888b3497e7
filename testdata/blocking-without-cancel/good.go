package blockingwithoutcancel

import (
	"context"
	"time"
)

func withDone(ctx context.Context, q *queue, job int) error {
	select {
	case q.jobs <- job:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func withDefault(ctx context.Context, q *queue, job int) bool {
	select {
	case q.jobs <- job:
		return true
	default:
		return ctx.Err() == nil
	}
}

func withTimer(ctx context.Context, q *queue) string {
	select {
	case a := <-q.answers:
		return a
	case <-time.After(time.Second):
		return ""
	}
}

func withStop(ctx context.Context, q *queue, stop <-chan struct{}) string {
	select {
	case a := <-q.answers:
		return a
	case <-stop:
		return ""
	}
}

func local(ctx context.Context) string {
	answer := make(chan string, 1)
	go func() { answer <- "x" }()
	return <-answer
}

func noContext(q *queue) { q.jobs <- 1 }

func ignored(_ context.Context, q *queue) { q.jobs <- 1 }

func waitsForEnd(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func waitsForStop(ctx context.Context, stop <-chan struct{}) { <-stop }

func ticks(ctx context.Context, t *time.Ticker) time.Time { return <-t.C }

func notAChannel(ctx context.Context, names []string) (n int) {
	for range names {
		n++
	}
	return n
}
