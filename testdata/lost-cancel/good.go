package lostcancel

import (
	"context"
	"time"
)

type holder struct{ stop context.CancelFunc }

func deferred(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	return work(ctx)
}

func returned(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	return ctx, cancel
}

func stored(parent context.Context) (*holder, error) {
	ctx, cancel := context.WithCancel(parent)
	return &holder{stop: cancel}, work(ctx)
}

func storedField(parent context.Context, h *holder) error {
	ctx, cancel := context.WithCancel(parent)
	h.stop = cancel
	return work(ctx)
}

func inClosure(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		defer cancel()
		_ = work(ctx)
	}()
	return nil
}

func named(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(parent)
	return
}

func declaredFirst(parent context.Context, long bool) error {
	ctx, cancel := parent, func() {}
	if long {
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	defer cancel()
	return work(ctx)
}

func everyPath(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

type console struct{ commands chan string }

// Another turn of the loop uses what this one keeps.
func (c *console) run(parent context.Context, started chan<- context.Context) {
	var ctx context.Context
	var cancel context.CancelFunc
	for command := range c.commands {
		switch command {
		case "start":
			ctx, cancel = context.WithCancel(parent)
			started <- ctx
		case "stop":
			cancel()
		}
	}
}

func wrapped(parent context.Context, wrap func(context.CancelFunc) context.CancelFunc) error {
	ctx, cancel := context.WithCancel(parent)
	cancel = wrap(cancel)
	defer cancel()
	return work(ctx)
}

// The cancel function of the context around ends this one as well.
func nested(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, _ = context.WithTimeoutCause(ctx, time.Second, context.DeadlineExceeded)
	defer cancel(nil)
	<-ctx.Done()
	return ctx.Err()
}
