// Package fetch asks other services without a timeout.
package fetch

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
)

func Get(address string) (*http.Response, error) {
	return http.Get(address) // want "GLC603 http.Get has no timeout"
}

func Head(address string) (int, error) {
	resp, err := http.Head(address) // want "GLC603 http.Head"
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func Post(address string, data []byte) (*http.Response, error) {
	return http.Post(address, "text/plain", bytes.NewReader(data)) // want "GLC603 http.Post"
}

func Form(address string) (*http.Response, error) {
	return http.PostForm(address, url.Values{"q": {"x"}}) // want "GLC603 http.PostForm"
}

func Method(address string) (*http.Response, error) {
	return http.DefaultClient.Get(address) // want "GLC603 http.DefaultClient.Get"
}

func Do(address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodPut, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return http.DefaultClient.Do(req) // want "GLC603 http.DefaultClient.Do"
}

func InGoroutine(address string, out chan<- error) {
	go func() {
		resp, err := http.Get(address) // want "GLC603 http.Get"
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		out <- err
	}()
}

type Poller struct{ address string }

func (p *Poller) Poll() bool {
	for range 3 {
		if resp, err := http.Get(p.address); err == nil { // want "GLC603 http.Get"
			resp.Body.Close()
			return true
		}
	}
	return false
}

// The word "localhost" in the name of another host leads elsewhere.
func Elsewhere() error {
	resp, err := http.Get("http://localhost.example.com/") // want "GLC603 http.Get"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
