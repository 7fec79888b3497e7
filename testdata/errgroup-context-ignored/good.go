package shards

import (
	"context"
	"log/slog"

	"golang.org/x/sync/errgroup"
)

func derived(ctx context.Context, shards []shard) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, s := range shards {
		g.Go(func() error { return s.query(gctx) })
	}
	return g.Wait()
}

func sameName(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(ctx, "one") })
	return g.Wait()
}

func shadowed(ctx context.Context, ok bool) error {
	if ok {
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return fetch(ctx, "one") })
		return g.Wait()
	}
	return nil
}

func tellsApart(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		select {
		case <-gctx.Done():
			return fetch(ctx, "report")
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	return g.Wait()
}

func cleanup(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer fetch(ctx, "close")
		defer func() { _ = fetch(ctx, "close") }()
		return nil
	})
	return g.Wait()
}

func logs(ctx context.Context, name string) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		slog.InfoContext(ctx, name)
		_ = ctx.Value("id")
		return fetch(context.WithoutCancel(ctx), name)
	})
	return g.Wait()
}

func reassigned(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	ctx = gctx
	g.Go(func() error { return fetch(ctx, "one") })
	return g.Wait()
}

func noContext(ctx context.Context) error {
	var g errgroup.Group
	g.Go(func() error { return fetch(ctx, "one") })
	return g.Wait()
}

func handedOn(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(gctx, "one") })
	return finish(g)
}

func finish(g *errgroup.Group) error { return g.Wait() }

type pool struct{ group *errgroup.Group }

func (p *pool) start(ctx context.Context) {
	p.group = new(errgroup.Group)
	p.group.Go(func() error { return fetch(ctx, "one") })
}

func returned(ctx context.Context) *errgroup.Group {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(gctx, "one") })
	return g
}

func deferredWait(ctx context.Context) {
	var g errgroup.Group
	defer func() { _ = g.Wait() }()
	g.Go(func() error { return fetch(ctx, "one") })
}

func afterWait(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(gctx, "one") })
	if err := g.Wait(); err != nil {
		return err
	}
	return fetch(ctx, "two")
}

// No other function of the group can fail.
func alone(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(ctx, "one") })
	return g.Wait()
}

// Returning ends both.
func explainedWithoutWait(ctx context.Context, closed chan struct{}) {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return fetch(gctx, "one") })
	g.Go(func() error { return fetch(ctx, "two") })
	// The group g is not waited for: only the return of this function ends the two.
	<-closed
}
