// Package nested holds timeouts that are longer than those around them.
package nested

import (
	"context"
	"errors"
	"time"
	clock "time"
)

const (
	short = 2 * time.Second
	long  = time.Minute
)

func use(context.Context) {}

func literal(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	inner, stop := context.WithTimeout(outer, 10*time.Second) // want "GLC308 this timeout \(10\*time.Second\) never counts"
	defer stop()
	use(inner)
}

func named(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	inner, stop := context.WithTimeout(outer, long) // want "GLC308"
	defer stop()
	use(inner)
}

func cause(ctx context.Context) {
	outer, cancel := context.WithTimeoutCause(ctx, time.Second, errors.New("slow"))
	defer cancel()
	inner, stop := context.WithTimeout(outer, 1001*time.Millisecond) // want "GLC308"
	defer stop()
	use(inner)
}

func innerCause(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	inner, stop := context.WithTimeoutCause(outer, time.Hour, errors.New("slow")) // want "GLC308"
	defer stop()
	use(inner)
}

func shadowing(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if ctx.Err() == nil {
		inner, stop := context.WithTimeout(ctx, time.Minute) // want "GLC308"
		defer stop()
		use(inner)
	}
}

func inClosure(ctx context.Context) func() {
	outer, cancel := context.WithTimeout(ctx, time.Second)
	return func() {
		defer cancel()
		inner, stop := context.WithTimeout(outer, time.Minute) // want "GLC308"
		defer stop()
		use(inner)
	}
}

type service struct{}

func (service) method(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, clock.Second)
	defer cancel()
	inner, stop := context.WithTimeout(outer, clock.Minute) // want "GLC308"
	defer stop()
	use(inner)
}

func generic[T any](ctx context.Context, load func(context.Context) T) T {
	outer, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	inner, stop := context.WithTimeout(outer, short) // want "GLC308"
	defer stop()
	return load(inner)
}
