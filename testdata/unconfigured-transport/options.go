package transports

import (
	"net"
	"net/http"
	"time"
)

// configure is the other file's share of the work.
func configure(transport *http.Transport) {
	transport.DialContext = (&net.Dialer{Timeout: time.Second}).DialContext
	transport.IdleConnTimeout = time.Minute
	transport.TLSHandshakeTimeout = time.Second
}
