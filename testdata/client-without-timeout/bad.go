package clients

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	web "net/http"
	"os"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func ByAddress(address string) (*http.Response, error) {
	client := &http.Client{} // want "GLC602 .*no Timeout.*set Timeout"
	return client.Get(address)
}

func ByNew(address string) (*http.Response, error) {
	client := new(http.Client) // want "GLC602"
	client.CheckRedirect = nil
	return client.Head(address)
}

func PlainVariable(address string) (*http.Response, error) {
	var client web.Client // want "GLC602"
	return client.Get(address)
}

var shared http.Client // want "GLC602"

func ByShared(address string) (*http.Response, error) {
	return shared.Post(address, "text/plain", nil)
}

func InPlace(address string) (*http.Response, error) {
	return (&http.Client{Jar: nil}).Get(address) // want "GLC602"
}

func BareRequest(address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	client := http.Client{ // want "GLC602"
		Transport: http.DefaultTransport,
	}
	return client.Do(req)
}

func EndlessContext(address string) (*http.Response, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()} // want "GLC602"
	return client.Do(req)
}

func Traced(address string) (*http.Response, error) {
	client := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)} // want "GLC602"
	return client.Get(address)
}

func OwnTransport(address string) (*http.Response, error) {
	transport := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: time.Second}).DialContext,
		TLSHandshakeTimeout: time.Second,
		IdleConnTimeout:     time.Minute,
	}
	client := &http.Client{Transport: transport} // want "GLC602"
	return client.Get(address)
}

type tokenTransport struct {
	token string
	next  http.RoundTripper
}

func (t *tokenTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", t.token)
	return t.next.RoundTrip(req)
}

type api struct {
	base   string
	client *http.Client
}

func newAPI(base, token string) *api {
	return &api{
		base: base,
		client: &http.Client{ // want "GLC602"
			Transport: &tokenTransport{token: token, next: http.DefaultTransport},
		},
	}
}

func (a *api) send(req *http.Request) error {
	resp, err := a.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a *api) request(method, path string, body []byte) (*http.Request, error) {
	return http.NewRequest(method, a.base+path, bytes.NewReader(body))
}

func (a *api) Create(body []byte) error {
	req, err := a.request(http.MethodPost, "/things", body)
	if err != nil {
		return err
	}
	return a.send(req)
}

func Download(address, path string) error {
	resp, err := downloader().Get(address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, resp.Body)
	return err
}

func HandedDown(address string) (*http.Response, error) {
	client := &http.Client{CheckRedirect: nil, Transport: nil} // want "GLC602"
	return ask(client, address)
}

func ask(client *http.Client, address string) (*http.Response, error) {
	return client.Get(address)
}
