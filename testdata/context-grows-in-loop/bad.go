// Package grows holds loops that wrap one context over and over.
package grows

import (
	"context"
	stdctx "context"
	"time"
)

type key struct{}

func handle(context.Context) {}

func overChannel(ctx context.Context, messages <-chan string) {
	for message := range messages {
		ctx = context.WithValue(ctx, key{}, message) // want "GLC304 .*declare a new variable"
		handle(ctx)
	}
}

func forever(ctx context.Context) {
	for {
		ctx = context.WithValue(ctx, key{}, time.Now()) // want "GLC304"
		handle(ctx)
		if ctx.Err() != nil {
			return
		}
	}
}

func withCancel(ctx context.Context, jobs []string) {
	var cancel context.CancelFunc
	for range jobs {
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "GLC304"
		handle(ctx)
		cancel()
	}
}

func aliased(ctx stdctx.Context, jobs []string) {
	for _, job := range jobs {
		ctx = stdctx.WithValue(ctx, key{}, job) // want "GLC304"
		handle(ctx)
	}
}

type worker struct{ jobs chan int }

func (w *worker) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-w.jobs:
			ctx = context.WithValue(ctx, key{}, job) // want "GLC304"
			handle(ctx)
		}
	}
}

func local(jobs []int) {
	ctx := context.Background()
	for _, job := range jobs {
		if job > 0 {
			ctx = context.WithValue(ctx, key{}, job) // want "GLC304"
			handle(ctx)
		}
	}
}

func nested(ctx context.Context, rows [][]int) {
	for _, row := range rows {
		for _, cell := range row {
			ctx = context.WithValue(ctx, key{}, cell) // want "GLC304"
			handle(ctx)
		}
	}
}

func inClosure(ctx context.Context, jobs <-chan int) {
	go func() {
		for job := range jobs {
			ctx = context.WithValue(ctx, key{}, job) // want "GLC304"
			handle(ctx)
		}
	}()
}
