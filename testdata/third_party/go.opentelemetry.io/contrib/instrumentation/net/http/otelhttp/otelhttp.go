// Package otelhttp declares what the tests use of otelhttp.
package otelhttp

import "net/http"

// Transport traces requests.
type Transport struct{ base http.RoundTripper }

// Option configures a Transport.
type Option interface{ apply() }

// NewTransport wraps base.
func NewTransport(base http.RoundTripper, _ ...Option) *Transport { return &Transport{base} }

// RoundTrip hands the request on.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) { return t.base.RoundTrip(r) }
