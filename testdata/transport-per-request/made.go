package proxy

import (
	"net/http"
	"time"
)

// newClient is called on every turn of a loop in another file.
func newClient() *http.Client {
	return &http.Client{
		Timeout:   time.Second,
		Transport: &http.Transport{IdleConnTimeout: time.Minute}, // want "GLC606"
	}
}
