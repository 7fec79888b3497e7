package lostcancel

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"
)

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

func discarded(parent context.Context) error {
	ctx, _ := context.WithCancel(parent) // want "GLC301 .*thrown away"
	return work(ctx)
}

func discardedTimeout(parent context.Context) error {
	ctx, _ := context.WithTimeout(parent, time.Minute) // want "GLC301 .*thrown away"
	return work(ctx)
}

func discardedDeadline(parent context.Context) error {
	ctx, _ := context.WithDeadline(parent, time.Now()) // want "GLC301 .*thrown away"
	return work(ctx)
}

func discardedStop(parent context.Context) error {
	ctx, _ := signal.NotifyContext(parent, os.Interrupt) // want "GLC301 .*thrown away"
	return work(ctx)
}

func earlyReturn(parent context.Context, n int) error {
	ctx, cancel := context.WithCancel(parent) // want "GLC301 .*a path never calls cancel"
	if n == 0 {
		return errEmpty
	}
	defer cancel()
	return work(ctx)
}

func cause(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent) // want "GLC301"
	if err := work(ctx); err != nil {
		return err
	}
	cancel(nil)
	return nil
}

func overwritten(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent) // want "GLC301"
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func closure(parent context.Context) func() error {
	return func() error {
		ctx, _ := context.WithCancel(parent) // want "GLC301"
		return work(ctx)
	}
}

// The work goes on after the return, so where to cancel is for the author to say.
func outlives(parent context.Context, n int) error {
	ctx, cancel := context.WithCancel(parent) // want "GLC301"
	go func() { _ = work(ctx) }()
	if n == 0 {
		return errEmpty
	}
	cancel()
	return nil
}

func kept(parent context.Context) context.Context {
	ctx, _ := context.WithTimeout(parent, time.Second) // want "GLC301"
	return ctx
}
