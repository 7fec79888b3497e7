package proxy

import (
	"crypto/tls"
	"io"
	"net/http"
	web "net/http"
	"net/http/httputil"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

type Server struct {
	backend string
	config  *tls.Config
	client  *http.Client
}

func (s *Server) Fetch(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{
		Timeout:   time.Second,
		Transport: &http.Transport{TLSClientConfig: s.config}, // want "GLC606 .*no connection is ever used again"
	}
	resp, err := client.Get(s.backend)
	if err != nil {
		http.Error(w, "backend", http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	io.Copy(w, resp.Body)
}

func (s *Server) Cloned(w http.ResponseWriter, r *http.Request) {
	transport := http.DefaultTransport.(*http.Transport).Clone() // want "GLC606"
	transport.TLSClientConfig = s.config
	client := http.Client{Transport: transport}
	resp, err := client.Do(r.Clone(r.Context()))
	if err == nil {
		resp.Body.Close()
	}
}

func (s *Server) Assigned(w web.ResponseWriter, r *web.Request) {
	var client web.Client
	client.Transport = new(web.Transport) // want "GLC606"
	resp, err := client.Get(s.backend)
	if err == nil {
		resp.Body.Close()
	}
}

func (s *Server) Forward(w http.ResponseWriter, r *http.Request) {
	target, _ := url.Parse(s.backend)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.Transport = &http.Transport{TLSClientConfig: s.config} // want "GLC606"
	proxy.ServeHTTP(w, r)
}

func Gin(c *gin.Context) {
	transport := otelhttp.NewTransport(&http.Transport{}) // want "GLC606"
	client := &http.Client{Transport: transport}
	resp, err := client.Get("https://example.com/")
	if err == nil {
		resp.Body.Close()
	}
}

func (s *Server) Helper(w http.ResponseWriter, r *http.Request) {
	if !s.reachable() {
		http.Error(w, "backend", http.StatusBadGateway)
	}
}

func (s *Server) reachable() bool {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: s.config}} // want "GLC606"
	resp, err := client.Head(s.backend)
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil
}

func Notify(addresses []string) {
	for _, address := range addresses {
		client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}} // want "GLC606"
		if resp, err := client.Post(address, "text/plain", nil); err == nil {
			resp.Body.Close()
		}
	}
}

func Poll(address string, ticks <-chan time.Time) {
	for range ticks {
		probe(address)
	}
}

func probe(address string) {
	transport := &http.Transport{TLSHandshakeTimeout: time.Second} // want "GLC606"
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return
	}
	if resp, err := transport.RoundTrip(req); err == nil {
		resp.Body.Close()
	}
}

func Mirror(addresses []string) {
	for _, address := range addresses {
		if resp, err := newClient().Get(address); err == nil {
			resp.Body.Close()
		}
	}
}
