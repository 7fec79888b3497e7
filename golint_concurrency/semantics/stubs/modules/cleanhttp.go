//glc:package github.com/hashicorp/go-cleanhttp
package cleanhttp

import (
	"net/http"
)

func DefaultTransport() *http.Transport
func DefaultPooledTransport() *http.Transport
func DefaultClient() *http.Client
func DefaultPooledClient() *http.Client
