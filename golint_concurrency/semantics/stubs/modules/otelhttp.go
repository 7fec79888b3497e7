//glc:package go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp
package otelhttp

import (
	"net/http"
)

type Option interface{}
type Transport struct{}

func NewTransport(http.RoundTripper, ...Option) *Transport
func (*Transport) RoundTrip(*http.Request) (*http.Response, error)
func NewHandler(http.Handler, string, ...Option) http.Handler
func NewMiddleware(string, ...Option) func(http.Handler) http.Handler
