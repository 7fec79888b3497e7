package sleeps

import (
	"context"
	"net/http"
	"time"
)

func selects(ctx context.Context) error {
	for {
		if try(ctx) == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func noContext() {
	for try(context.Background()) != nil {
		time.Sleep(time.Second)
	}
}

func brief(ctx context.Context) {
	for try(ctx) != nil {
		time.Sleep(10 * time.Millisecond)
	}
}

func briefByName(ctx context.Context) {
	delay := 20 * time.Millisecond
	for try(ctx) != nil {
		time.Sleep(delay)
	}
}

func onceBelowASecond(ctx context.Context) {
	time.Sleep(300 * time.Millisecond)
	_ = try(ctx)
}

// The goroutine may be meant to outlive the caller.
func background(ctx context.Context) {
	go func() {
		for {
			time.Sleep(time.Minute)
			cleanup()
		}
	}()
	_ = try(ctx)
}

func cleanup() {}

// Nothing ever ends this one.
func root() {
	ctx := context.Background()
	for try(ctx) != nil {
		time.Sleep(time.Second)
	}
}

func unnamed(_ context.Context) {
	for range 20 {
		time.Sleep(time.Second)
	}
}

type clock struct{}

func (clock) Sleep(time.Duration) {}

func shadowed(ctx context.Context) {
	time := clock{}
	for try(ctx) != nil {
		time.Sleep(1)
	}
}

func notYet() {
	time.Sleep(5 * time.Second)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_ = try(ctx)
}

// Cleaning up goes on when all else is over.
func cleanupLater(ctx context.Context, remove func()) {
	time.Sleep(2 * time.Second)
	remove()
}

type userKey struct{}

func withUser(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, userKey{}, name)
}

// A helper that adds values to a root.
func detachedByHelper(ctx context.Context, ready func(context.Context) bool) {
	go func() {
		own := withUser(context.Background(), "x")
		for !ready(own) {
			time.Sleep(2 * time.Second)
		}
	}()
}

// Three short pauses, less than a second together.
func fewTurns(ctx context.Context) error {
	const tries = 3
	for range tries {
		if err := ctx.Err(); err == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return ctx.Err()
}

func countedByVariable(ctx context.Context) error {
	attempts := 2
	for attempt := 1; attempt <= attempts; attempt++ {
		if attempt > 1 {
			time.Sleep(200 * time.Millisecond)
		}
		if ctx.Err() == nil {
			return nil
		}
	}
	return ctx.Err()
}

// The comment says why.
func explained(ctx context.Context, ping func() error) error {
	for ctx.Err() == nil {
		// This is no select, so that <-ctx.Done() has priority on each turn.
		time.Sleep(time.Second)
		if err := ping(); err == nil {
			return nil
		}
	}
	return ctx.Err()
}

// Who guesses passwords has to wait.
func Login(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("password") != "secret" {
		time.Sleep(2 * time.Second)
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func microseconds(ctx context.Context, pause int) {
	for ctx.Err() == nil {
		time.Sleep(time.Duration(pause) * time.Microsecond)
	}
}
