package proxy

import (
	"net/http"
	"time"
)

var shared = &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}

func UsesShared(w http.ResponseWriter, r *http.Request) {
	if resp, err := shared.Get("https://example.com/"); err == nil {
		resp.Body.Close()
	}
}

// NewServer makes its transport once.
func NewServer(backend string) *Server {
	return &Server{
		backend: backend,
		client:  &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}},
	}
}

func (s *Server) Own(w http.ResponseWriter, r *http.Request) {
	if resp, err := s.client.Get(s.backend); err == nil {
		resp.Body.Close()
	}
}

func (s *Server) Lazy(w http.ResponseWriter, r *http.Request) {
	if s.client == nil {
		s.client = &http.Client{Transport: &http.Transport{TLSClientConfig: s.config}}
	}
	if resp, err := s.client.Get(s.backend); err == nil {
		resp.Body.Close()
	}
}

// DefaultTransport is shared by all clients that have none.
func WithoutTransport(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Timeout: time.Second}
	if resp, err := client.Get("https://example.com/"); err == nil {
		resp.Body.Close()
	}
}

func Closed(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	if resp, err := client.Get("https://example.com/"); err == nil {
		resp.Body.Close()
	}
}

func KeepsNone(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if resp, err := client.Get("https://example.com/"); err == nil {
		resp.Body.Close()
	}
}

func KeepsNoneLater(addresses []string) {
	for _, address := range addresses {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = -1
		client := &http.Client{Transport: transport}
		if resp, err := client.Get(address); err == nil {
			resp.Body.Close()
		}
	}
}

func OneShotRequest(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, "https://example.com/", nil)
	if err != nil {
		return
	}
	req.Close = true
	client := &http.Client{Transport: &http.Transport{}}
	if resp, err := client.Do(req); err == nil {
		resp.Body.Close()
	}
}

// Kept for each backend: they live as long as the table.
func PerBackend(backends []string) map[string]*http.Client {
	clients := map[string]*http.Client{}
	for _, backend := range backends {
		clients[backend] = &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
	}
	return clients
}

func List(backends []string) []*http.Client {
	var clients []*http.Client
	for range backends {
		clients = append(clients, &http.Client{Transport: &http.Transport{}})
	}
	return clients
}

func Once(address string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{}}
	return client.Get(address)
}

// First leaves the loop in its first turn.
func First(addresses []string) (*http.Response, error) {
	for _, address := range addresses {
		client := &http.Client{Transport: &http.Transport{}}
		return client.Get(address)
	}
	return nil, nil
}

type Transport struct{ calls int }

func (t *Transport) RoundTrip(*http.Request) (*http.Response, error) {
	t.calls++
	return nil, http.ErrNotSupported
}

func Canned(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Transport: &Transport{}}
	if resp, err := client.Get("https://example.com/"); err == nil {
		resp.Body.Close()
	}
}
