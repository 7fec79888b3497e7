package bodies

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
)

type page struct {
	body io.ReadCloser
	resp *http.Response
}

func (c *Client) Deferred(req *http.Request) (int, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return 0, errStatus
	}
	return resp.StatusCode, nil
}

func (c *Client) DeferredClosure(req *http.Request) (int, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}()
	return resp.StatusCode, nil
}

func (c *Client) Returned(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func (c *Client) ReturnedBody(req *http.Request) (io.ReadCloser, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func (c *Client) NamedResult(req *http.Request) (resp *http.Response, err error) {
	resp, err = c.http.Do(req)
	return
}

func (c *Client) Stored(p *page, req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	p.resp = resp
	return nil
}

func (c *Client) StoredBody(req *http.Request) (*page, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	return &page{body: resp.Body}, nil
}

func (c *Client) Helper(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer drain(resp.Body)
	return nil
}

func (c *Client) HelperFurtherDown(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	finish(resp)
	return nil
}

func (c *Client) AsCloser(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	var closer io.Closer = resp.Body
	return closer.Close()
}

func (c *Client) Alias(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	body := resp.Body
	defer body.Close()
	return nil
}

func (c *Client) Converted(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer io.Closer(resp.Body).Close()
	return nil
}

func (c *Client) SentAway(req *http.Request, out chan<- *http.Response) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	out <- resp
	return nil
}

func (c *Client) Refused(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	if err := checked(resp); err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *Client) NilResponse(req *http.Request) error {
	resp, err := c.http.Do(req)
	if resp != nil {
		defer resp.Body.Close()
	}
	return err
}

func (c *Client) IfNoError(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	return err
}

func (c *Client) SwitchOfConditions(req *http.Request) error {
	resp, err := c.http.Do(req)
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		return err
	}
	return resp.Body.Close()
}

func (c *Client) CopiedError(req *http.Request) error {
	var last error
	for range 3 {
		resp, err := c.http.Do(req)
		last = err
		if last != nil {
			continue
		}
		return resp.Body.Close()
	}
	return last
}

func (c *Client) Flag(req *http.Request) (int, error) {
	var resp *http.Response
	success := false
	for range 3 {
		var err error
		resp, err = c.http.Do(req)
		if err != nil {
			continue
		}
		if resp.StatusCode >= 500 {
			resp.Body.Close()
			continue
		}
		success = true
		break
	}
	if !success {
		return 0, errStatus
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func (c *Client) AskedForBody(req *http.Request) error {
	resp, err := c.http.Do(req)
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
	return err
}

func ThroughTransport(rt http.RoundTripper, req *http.Request) (int, error) {
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func (c *Client) RetryClosed(req *http.Request) (*http.Response, error) {
	for {
		resp, err := c.http.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		resp.Body.Close()
	}
}

func (c *Client) HeadRequest() (int, error) {
	resp, err := c.http.Head(c.base)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func (c *Client) HeadByHand() (int, error) {
	req, err := http.NewRequest(http.MethodHead, c.base, nil)
	if err != nil {
		return 0, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func (c *Client) WrittenOn(w io.Writer, req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Write(w)
}

func (c *Client) Lines(req *http.Request, each func(string)) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	go func() {
		defer resp.Body.Close()
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			each(lines.Text())
		}
	}()
	return nil
}

type lookalike struct{}

func (lookalike) Do(*http.Request) (int, error) { return 0, nil }

func Lookalike(client lookalike, req *http.Request) error {
	_, err := client.Do(req)
	return err
}

// The response is counted before the error is looked at.
func Counted(client *http.Client, req *http.Request, count func(int)) ([]byte, error) {
	resp, err := client.Do(req)
	if resp != nil {
		count(resp.StatusCode)
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
