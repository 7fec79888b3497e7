// Package transports builds HTTP transports that lack limits.
package transports

import (
	"crypto/tls"
	"net/http"
	web "net/http"
	"time"
)

type api struct {
	client    *http.Client
	transport *http.Transport
	fallback  *http.Transport
}

func empty() *http.Client {
	return &http.Client{Transport: &http.Transport{}} // want "GLC601 .*MaxIdleConnsPerHost .*IdleConnTimeout .*TLSHandshakeTimeout .*DialContext"
}

func oneLine() http.RoundTripper {
	return &http.Transport{Proxy: http.ProxyFromEnvironment} // want "GLC601"
}

func severalLines(config *tls.Config) *web.Transport {
	return &web.Transport{ // want "GLC601 .*no MaxIdleConnsPerHost .*, TLSHandshakeTimeout"
		TLSClientConfig: config,
		MaxIdleConns:    10,
		IdleConnTimeout: 30 * time.Second,
	}
}

func someLater() *http.Transport {
	transport := &http.Transport{MaxIdleConnsPerHost: 10} // want "GLC601 .*IdleConnTimeout"
	transport.TLSHandshakeTimeout = 5 * time.Second
	return transport
}

func withNew() *http.Transport {
	return new(http.Transport) // want "GLC601"
}

var shared = &http.Transport{ForceAttemptHTTP2: true} // want "GLC601"

func (a *api) connect() {
	a.fallback = &http.Transport{ // want "GLC601 .*DialContext"
		MaxIdleConnsPerHost: 4,
		IdleConnTimeout:     time.Minute,
		TLSHandshakeTimeout: time.Second,
	}
}

func inHelper(config *tls.Config) *http.Client {
	transport := http.Transport{TLSClientConfig: config} // want "GLC601 .*IdleConnTimeout"
	limitHandshake(&transport)
	return &http.Client{Transport: &transport}
}

func limitHandshake(transport *http.Transport) {
	transport.TLSHandshakeTimeout = time.Second
}

func noKeepAlive() *http.Transport {
	return &http.Transport{DisableKeepAlives: true} // want "GLC601 .*no TLSHandshakeTimeout"
}

// Fields around it are aligned; the fix makes it take several lines.
var alignedClient = &http.Client{
	Timeout:       time.Second,
	Transport:     &http.Transport{}, // want "GLC601"
	CheckRedirect: nil,
	Jar:           nil,
}

type gateway struct {
	name   string
	client *http.Client
}

func nested(name string) *gateway {
	return &gateway{
		name:   name,
		client: &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}, // want "GLC601"
	}
}
