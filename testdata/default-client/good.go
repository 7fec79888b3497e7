package fetch

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 10 * time.Second}

func Own(address string) (*http.Response, error) {
	return client.Get(address)
}

func WithContext(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func AddedContext(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	return http.DefaultClient.Do(req)
}

func ContextInPlace(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func FromElsewhere(req *http.Request) (*http.Response, error) {
	return http.DefaultClient.Do(req)
}

func OwnDo(address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

func Kept() *http.Client { return http.DefaultClient }

type lookalike struct{ DefaultClient *http.Client }

func (lookalike) Get(string) (*http.Response, error) { return nil, nil }

func Shadowed(http lookalike, address string) error {
	_, err := http.Get(address)
	return err
}

func ShadowedField(http lookalike, address string) error {
	resp, err := http.DefaultClient.Get(address)
	if err == nil {
		resp.Body.Close()
	}
	return err
}
