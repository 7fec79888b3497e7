package structcontext

import "context"

type client struct {
	cancel context.CancelFunc
	newCtx func() context.Context
	stop   func(context.Context) error
}

type Context struct{ user string }

// A type of that name, not the package's.
type session struct {
	ctx Context
}

type loader interface {
	Load(ctx context.Context, id int) error
}

type many struct {
	pending map[int]context.CancelFunc
	waiting chan context.Context
}

func (c *client) run(ctx context.Context) error { return c.stop(ctx) }

func first(ctx context.Context, l loader) error { return l.Load(ctx, 1) }

func second(ctx context.Context) { _ = ctx.Err() }

func third() context.Context { return context.TODO() }

func fourth(c *client) { c.cancel() }

func fifth(c *client) context.Context { return c.newCtx() }

func sixth(m *many) context.Context { return <-m.waiting }

func shadowed() any {
	type holder struct{ Err func() error }
	var context struct{ Context holder }
	return context
}
