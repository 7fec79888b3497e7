package transports

import (
	"context"
	"net"
	"net/http"
	"time"
)

func cloned() *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 100
	return transport
}

func complete() *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: time.Second}).DialContext,
		MaxIdleConnsPerHost: 100,
		IdleConnTimeout:     time.Minute,
		TLSHandshakeTimeout: time.Second,
	}
}

func onlyPerHostMissing() *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: time.Second}).DialContext,
		IdleConnTimeout:     time.Minute,
		TLSHandshakeTimeout: time.Second,
	}
}

func allLater() *http.Transport {
	transport := &http.Transport{}
	transport.DialContext = (&net.Dialer{Timeout: time.Second}).DialContext
	transport.IdleConnTimeout = time.Minute
	transport.TLSHandshakeTimeout = time.Second
	return transport
}

func (a *api) throughField() {
	a.transport = &http.Transport{}
	a.transport.DialContext = (&net.Dialer{Timeout: time.Second}).DialContext
	a.transport.IdleConnTimeout = time.Minute
	a.transport.TLSHandshakeTimeout = time.Second
}

func byHelper() *http.Transport {
	transport := new(http.Transport)
	configure(transport)
	return transport
}

func unixSocket(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives:   true,
		TLSHandshakeTimeout: time.Second,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var dialer net.Dialer
			return dialer.DialContext(ctx, "unix", path)
		},
	}}
}

func outOfSight(apply func(*http.Transport)) *http.Transport {
	transport := &http.Transport{}
	apply(transport)
	return transport
}

type Transport struct{ Proxy string }

func notHTTP() Transport { return Transport{Proxy: "x"} }

// One request, and nothing is left idle.
func oneShot(request *http.Request) (*http.Response, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	defer transport.CloseIdleConnections()
	return transport.RoundTrip(request)
}

func overSocket(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var dialer net.Dialer
			return dialer.DialContext(ctx, "unix", path)
		},
	}}
}
