package nested

import (
	"context"
	"time"
)

func shorter(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	inner, stop := context.WithTimeout(outer, short)
	defer stop()
	use(inner)
}

func equal(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	inner, stop := context.WithTimeout(outer, short)
	defer stop()
	use(inner)
}

func siblings(ctx context.Context) {
	first, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	second, stop := context.WithTimeout(ctx, long)
	defer stop()
	use(first)
	use(second)
}

func unknown(ctx context.Context, d time.Duration) {
	outer, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	inner, stop := context.WithTimeout(outer, long)
	defer stop()
	use(inner)
}

func unknownInner(ctx context.Context, d time.Duration) {
	outer, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	inner, stop := context.WithTimeout(outer, d)
	defer stop()
	use(inner)
}

func reassigned(ctx context.Context, slow bool) {
	outer, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	if slow {
		outer = ctx
	}
	inner, stop := context.WithTimeout(outer, long)
	defer stop()
	use(inner)
}

func cancelOnly(ctx context.Context) {
	outer, cancel := context.WithCancel(ctx)
	defer cancel()
	inner, stop := context.WithTimeout(outer, long)
	defer stop()
	use(inner)
}

func detached(ctx context.Context) {
	outer, cancel := context.WithTimeout(ctx, short)
	defer cancel()
	inner, stop := context.WithTimeout(context.WithoutCancel(outer), long)
	defer stop()
	use(inner)
}
