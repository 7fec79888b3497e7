// Package shards asks several shards at once.
package shards

import (
	"context"
	"net/http"

	eg "golang.org/x/sync/errgroup"
)

type shard struct{}

func (shard) query(ctx context.Context) error { return ctx.Err() }

func fetch(ctx context.Context, name string) error { return ctx.Err() }

func method(ctx context.Context, shards []shard) error {
	g, gctx := eg.WithContext(ctx)
	for _, s := range shards {
		g.Go(func() error {
			return s.query(ctx) // want "GLC109 .*goes on.*use gctx"
		})
	}
	g.Go(func() error { return fetch(gctx, "one") })
	return g.Wait()
}

func try(ctx context.Context) error {
	g, group := eg.WithContext(ctx)
	_ = group
	g.SetLimit(2)
	g.TryGo(func() error {
		if err := fetch(ctx, "one"); err != nil { // want "GLC109 .*use group"
			return err
		}
		return fetch(ctx, "two")
	})
	g.TryGo(func() error { return fetch(group, "three") })
	return g.Wait()
}

func discarded(ctx context.Context) error {
	g, _ := eg.WithContext(ctx)
	g.Go(func() error {
		return fetch(ctx, "one") // want "GLC109 .*that errgroup.WithContext returns"
	})
	g.Go(work)
	return g.Wait()
}

func waits(ctx context.Context, server *http.Server) error {
	g, gctx := eg.WithContext(ctx)
	g.Go(server.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done() // want "GLC109"
		return server.Shutdown(context.Background())
	})
	g.Go(func() error { return fetch(gctx, "one") })
	return g.Wait()
}

func ofRequest(w http.ResponseWriter, r *http.Request) {
	g, gctx := eg.WithContext(r.Context())
	g.Go(func() error {
		return fetch(r.Context(), r.URL.Path) // want "GLC109 .*r.Context.. is not cancelled"
	})
	g.Go(func() error { return fetch(gctx, "one") })
	if err := g.Wait(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func derivesAgain(ctx context.Context) error {
	g, gctx := eg.WithContext(ctx)
	g.Go(func() error {
		inner, cancel := context.WithCancel(ctx) // want "GLC109"
		defer cancel()
		return fetch(inner, "one")
	})
	g.Go(func() error { return fetch(gctx, "one") })
	return g.Wait()
}

func request(ctx context.Context, client *http.Client) error {
	g, gctx := eg.WithContext(ctx)
	g.Go(func() error {
		req, err := http.NewRequestWithContext(ctx, "GET", "http://a/", nil) // want "GLC109"
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
	g.Go(func() error { return fetch(gctx, "one") })
	return g.Wait()
}

func neverWaits(names []string) {
	var g eg.Group
	for _, name := range names {
		g.Go(func() error { // want "GLC109 .*nobody waits.*g.Wait"
			return fetch(context.Background(), name)
		})
	}
}

func neverWaitsPointer(ctx context.Context) {
	g, gctx := eg.WithContext(ctx)
	g.Go(func() error { return fetch(gctx, "one") }) // want "GLC109 .*nobody waits"
	g.Go(func() error { return fetch(gctx, "two") })
}

func hidden(ctx context.Context, list []context.Context) error {
	g, gctx := eg.WithContext(ctx)
	g.Go(func() error {
		for _, gctx := range list {
			if gctx.Err() != nil {
				return fetch(ctx, "one") // want "GLC109"
			}
		}
		return nil
	})
	g.Go(func() error { return fetch(gctx, "one") })
	return g.Wait()
}

func work() error { return nil }
