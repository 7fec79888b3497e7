// Package sleeps holds sleeps that a context cannot end.
package sleeps

import (
	"context"
	"errors"
	"net/http"
	"time"
	stdtime "time"
)

var errBusy = errors.New("busy")

func try(context.Context) error { return errBusy }

func retries(ctx context.Context) error {
	for attempt := range 5 {
		if err := try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second) // want "GLC306 .*<-ct[x].Done\(\)"
	}
	return errBusy
}

func long(ctx context.Context) {
	time.Sleep(2 * time.Second) // want "GLC306"
	_ = try(ctx)
}

func handler(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < 3; i++ {
		if try(r.Context()) == nil {
			break
		}
		time.Sleep(500 * time.Millisecond) // want "GLC306 .*r.Contex[t]\(\)"
	}
	w.WriteHeader(http.StatusNoContent)
}

type poller struct{ every time.Duration }

func (p *poller) run(ctx context.Context) (int, string, *poller, error) {
	for {
		if try(ctx) == nil {
			return 1, "done", p, nil
		}
		time.Sleep(p.every) // want "GLC306"
	}
}

func aliased(ctx context.Context) {
	for try(ctx) != nil {
		stdtime.Sleep(stdtime.Second) // want "GLC306"
	}
}

func inClosure(ctx context.Context) func() error {
	return func() error {
		for try(ctx) != nil {
			time.Sleep(time.Second) // want "GLC306"
		}
		return nil
	}
}

func derived(r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	for try(ctx) != nil {
		time.Sleep(200 * time.Millisecond) // want "GLC306 .*<-ct[x].Done\(\)"
	}
}

func inSelect(ctx context.Context, jobs <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-jobs:
			time.Sleep(time.Second) // want "GLC306"
		}
	}
}

func goroutineWithItsOwn(ctx context.Context) {
	go func(ctx context.Context) {
		for try(ctx) != nil {
			time.Sleep(time.Second) // want "GLC306"
		}
	}(ctx)
}

func generic[T any](ctx context.Context, load func() (T, error)) (T, error) {
	for {
		value, err := load()
		if err == nil || ctx.Err() != nil {
			return value, err
		}
		time.Sleep(time.Second) // want "GLC306"
	}
}
