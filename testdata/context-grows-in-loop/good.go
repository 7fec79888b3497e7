package grows

import (
	"context"
	"time"
)

func perTurn(ctx context.Context, jobs []int) {
	for _, job := range jobs {
		ctx := context.WithValue(ctx, key{}, job)
		handle(ctx)
	}
}

// Collected on purpose, and used afterwards.
func collects(ctx context.Context, options []func(context.Context) any) {
	for _, option := range options {
		ctx = context.WithValue(ctx, key{}, option(ctx))
	}
	handle(ctx)
}

func returned(ctx context.Context, values map[string]string) context.Context {
	for name, value := range values {
		ctx = context.WithValue(ctx, name, value)
	}
	return ctx
}

func fromAnother(base context.Context, jobs []int) {
	ctx := base
	for _, job := range jobs {
		ctx = context.WithValue(base, key{}, job)
		handle(ctx)
	}
}

func fromBackground(jobs []int) {
	var ctx context.Context
	for _, job := range jobs {
		ctx = context.WithValue(context.Background(), key{}, job)
		handle(ctx)
	}
}

func fewTurns(ctx context.Context) {
	for i := range 3 {
		ctx = context.WithValue(ctx, key{}, i)
		handle(ctx)
	}
}

func once(ctx context.Context, jobs []int) {
	for _, job := range jobs {
		if job == 0 {
			ctx = context.WithValue(ctx, key{}, job)
			handle(ctx)
			return
		}
	}
}

func declaredInTurn(ctx context.Context, jobs []int) {
	for _, job := range jobs {
		turn, cancel := context.WithTimeout(ctx, time.Second)
		turn = context.WithValue(turn, key{}, job)
		handle(turn)
		cancel()
	}
}

type holder struct{ ctx context.Context }

func field(h *holder, jobs []int) {
	for _, job := range jobs {
		h.ctx = context.WithValue(h.ctx, key{}, job)
	}
}

// A closure that runs once for each turn declares its own.
func closure(ctx context.Context, jobs []int) {
	for _, job := range jobs {
		func(ctx context.Context) {
			ctx = context.WithValue(ctx, key{}, job)
			handle(ctx)
		}(ctx)
	}
}
