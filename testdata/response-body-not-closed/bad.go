// Package bodies holds responses whose bodies stay open.
package bodies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	web "net/http"
	"time"
)

var errStatus = errors.New("unexpected status")

type Client struct {
	http *web.Client
	base string
}

func (c *Client) EarlyReturn(ctx context.Context, id string) (string, error) {
	req, err := web.NewRequestWithContext(ctx, web.MethodGet, c.base+id, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.http.Do(req) // want "GLC605 the body of resp is not closed on a path that returns"
	if err != nil {
		return "", err
	}
	if resp.StatusCode != web.StatusOK {
		return "", errStatus
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return string(data), err
}

func NeverClosed(url string) (map[string]string, error) {
	resp, err := web.Get(url) // want "GLC605 .*write defer resp.Body.Close"
	if err != nil {
		return nil, err
	}
	var found map[string]string
	err = json.NewDecoder(resp.Body).Decode(&found)
	return found, err
}

func (c *Client) Ping() error {
	_, err := c.http.Get(c.base) // want "GLC605 .*dropped"
	if err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

func (c *Client) Notify(body io.Reader) error {
	_, err := c.http.Post(c.base, "text/plain", body) // want "GLC605 .*dropped"
	return err
}

func Touch(url string) {
	web.Get(url) // want "GLC605 .*dropped"
}

func (c *Client) Retry(req *web.Request) (int, error) {
	var resp *web.Response
	var err error
	for range 3 {
		resp, err = c.http.Do(req) // want "GLC605 .*when the next response takes its place"
		if err == nil && resp.StatusCode < 500 {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func (c *Client) ReusedError(req *web.Request) ([]byte, error) {
	resp, err := c.http.Do(req) // want "GLC605 the body of resp"
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return data, nil
}

func CloseTooEarly(url string) (int, error) {
	resp, err := web.Get(url)
	defer resp.Body.Close() // want "GLC605 .*closed before the error is looked at"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func InClosure(url string) func() error {
	return func() error {
		resp, err := web.Get(url) // want "GLC605 the body of resp"
		if err != nil {
			return err
		}
		if resp.StatusCode >= 400 {
			return errStatus
		}
		return resp.Body.Close()
	}
}

func InIf(url string) bool {
	if resp, err := web.Get(url); err == nil { // want "GLC605 the body of resp"
		return statusOf(resp) == web.StatusOK
	}
	return false
}

func PerURL(urls []string) (failed int) {
	for _, url := range urls {
		resp, err := web.Get(url) // want "GLC605 .*close resp.Body on that path too"
		if err != nil {
			failed++
			continue
		}
		if resp.StatusCode != web.StatusOK {
			failed++
			continue
		}
		resp.Body.Close()
	}
	return failed
}

// Open gives the body to its caller: a deferred Close would take it away from them.
func Open(url string) (io.ReadCloser, error) {
	resp, err := web.Get(url) // want "GLC605 .*returns.*close resp.Body on that path too"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != web.StatusOK {
		return nil, errStatus
	}
	return resp.Body, nil
}
