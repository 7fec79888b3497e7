package requestwithoutcontext

import (
	"context"
	"io"
	web "net/http"
	"strings"
	"time"
)

type client struct {
	http *web.Client
	base string
}

func plain(ctx context.Context, url string) error {
	req, err := web.NewRequest("GET", url, nil) // want "GLC307 .*after ctx is done"
	if err != nil {
		return err
	}
	resp, err := web.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func handler(w web.ResponseWriter, r *web.Request) {
	req, err := web.NewRequest(web.MethodGet, "http://backend/", nil) // want "GLC307 .*r.Context"
	if err != nil {
		return
	}
	resp, err := web.DefaultClient.Do(req)
	if err != nil {
		w.WriteHeader(web.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	_, _ = io.Copy(w, resp.Body)
}

func (c *client) get(ctx context.Context, path string) (*web.Response, error) {
	req, err := web.NewRequest("GET", c.base+path, nil) // want "GLC307"
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return c.http.Do(req)
}

func post(ctx context.Context, url, body string) (*web.Response, error) {
	req, err := web.NewRequest("POST", url, strings.NewReader(body)) // want "GLC307"
	if err != nil {
		return nil, err
	}
	return web.DefaultClient.Do(req)
}

func withTimeout(parent context.Context, url string) (*web.Response, error) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	req, err := web.NewRequest("GET", url, nil) // want "GLC307 .*after ctx is done"
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return web.DefaultClient.Do(req)
}

func roundTrip(ctx context.Context, rt web.RoundTripper, url string) (*web.Response, error) {
	req, _ := web.NewRequest("GET", url, nil) // want "GLC307"
	return rt.RoundTrip(req)
}

func inLoop(ctx context.Context, urls []string) {
	for _, url := range urls {
		req, err := web.NewRequest("GET", url, nil) // want "GLC307"
		if err != nil {
			continue
		}
		if resp, err := web.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
		}
	}
}

func declared(ctx context.Context, url string, send bool) (err error) {
	var req *web.Request
	if req, err = web.NewRequest("GET", url, nil); err != nil { // want "GLC307 .*after ctx is done"
		return err
	}
	resp, err := web.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func closure() func(context.Context, string) (*web.Response, error) {
	return func(ctx context.Context, url string) (*web.Response, error) {
		req, err := web.NewRequest("GET", url, nil) // want "GLC307"
		if err != nil {
			return nil, err
		}
		return web.DefaultClient.Do(req)
	}
}
