package bodies

import (
	"errors"
	"io"
	"net/http"
)

// statusOf only reads.
func statusOf(resp *http.Response) int { return resp.StatusCode }

// drain closes what it is given.
func drain(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}

// finish closes two calls further down.
func finish(resp *http.Response) { closeAll(resp.Body) }

func closeAll(closers ...io.Closer) {
	for _, closer := range closers {
		closer.Close()
	}
}

// checked closes the body of what it refuses.
func checked(resp *http.Response) error {
	if resp.StatusCode >= 400 {
		drain(resp.Body)
		return errors.New(resp.Status)
	}
	return nil
}
