package requestwithoutcontext

import (
	"context"
	"net/http"
)

type doer interface {
	Do(ctx context.Context, req *http.Request) (*http.Response, error)
}

type job struct{ req *http.Request }

func with(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func later(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	return http.DefaultClient.Do(req)
}

func whenSent(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func cloned(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req.Clone(ctx))
}

func together(ctx context.Context, d doer, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return d.Do(ctx, req)
}

func returned(_ context.Context, url string) (*http.Request, error) {
	return http.NewRequest("GET", url, nil)
}

func stored(ctx context.Context, url string, jobs chan<- job) error {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err
	}
	jobs <- job{req: req}
	return ctx.Err()
}

func none(url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func background(url string) (*http.Response, error) {
	ctx := context.Background()
	req, err := http.NewRequest("GET", url, nil)
	if err != nil || ctx.Err() != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Meant to outlive the caller.
func notify(ctx context.Context, url string) error {
	go func() {
		req, err := http.NewRequest("GET", url, nil)
		if err != nil {
			return
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
		}
	}()
	return ctx.Err()
}

// A request that is made here is no context to end with.
func second(url string) (*http.Response, error) {
	var req *http.Request
	first, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	if req, err = http.NewRequest("GET", first.URL.Path, nil); err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// The handler has returned when this asks, and its context is over.
func forward(w http.ResponseWriter, r *http.Request) {
	go tellSibling(r)
	w.WriteHeader(http.StatusAccepted)
}

func tellSibling(r *http.Request) {
	request, err := http.NewRequest(http.MethodPost, "https://example.com"+r.URL.Path, nil)
	if err != nil {
		return
	}
	answer, err := http.DefaultClient.Do(request)
	if err == nil {
		answer.Body.Close()
	}
}
