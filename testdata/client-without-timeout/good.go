package clients

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func WithTimeout(address string) (*http.Response, error) {
	client := &http.Client{Timeout: 10 * time.Second}
	return client.Get(address)
}

func SetLater(address string) (*http.Response, error) {
	client := &http.Client{}
	client.Timeout = 10 * time.Second
	return client.Get(address)
}

func SetByCaller(address string) (*http.Response, error) {
	client := limited()
	client.Timeout = 10 * time.Second
	return client.Get(address)
}

func ContextOfCaller(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{}
	return client.Do(req)
}

func OwnDeadline(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	client := &http.Client{}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func AddedContext(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	var client http.Client
	return client.Do(req)
}

func FromElsewhere(req *http.Request) (*http.Response, error) {
	client := &http.Client{}
	return client.Do(req)
}

// Kept is for others, who may add a deadline to each request.
func Kept() *http.Client { return &http.Client{} }

type Option func(*http.Client)

func Options(address string, options ...Option) (*http.Response, error) {
	client := &http.Client{}
	for _, option := range options {
		option(client)
	}
	return client.Get(address)
}

func Helper(address string) (*http.Response, error) {
	client := &http.Client{}
	bound(client)
	return client.Get(address)
}

func bound(client *http.Client) { client.Timeout = time.Second }

type service struct{ client *http.Client }

func newService() *service { return &service{client: &http.Client{}} }

func (s *service) limit(timeout time.Duration) { s.client.Timeout = timeout }

func (s *service) Get(address string) (*http.Response, error) { return s.client.Get(address) }

func HeaderTimeout(address string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}}
	return client.Get(address)
}

func HeaderTimeoutLater(address string) (*http.Response, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = time.Second
	client := &http.Client{Transport: otelhttp.NewTransport(transport)}
	return client.Get(address)
}

func Socket(path string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		},
	}}
	return client.Get("http://socket/")
}

func GivenTransport(transport http.RoundTripper, address string) (*http.Response, error) {
	client := &http.Client{Transport: transport}
	return client.Get(address)
}

func GivenTransportLater(transport http.RoundTripper, address string) (*http.Response, error) {
	var client http.Client
	if transport != nil {
		client.Transport = transport
	}
	return client.Get(address)
}

type boundedTransport struct{ next http.RoundTripper }

func (t boundedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), time.Second)
	defer cancel()
	return t.next.RoundTrip(req.WithContext(ctx))
}

func Bounded(address string) (*http.Response, error) {
	client := &http.Client{Transport: boundedTransport{next: http.DefaultTransport}}
	return client.Get(address)
}

func CopyOfAnother(original *http.Client, address string) (*http.Response, error) {
	client := new(http.Client)
	*client = *original
	client.Jar, _ = cookiejar.New(nil)
	return client.Get(address)
}

type Client struct{}

func (*Client) Get(string) (*http.Response, error) { return nil, nil }

func OtherClient(address string) (*http.Response, error) {
	client := &Client{}
	return client.Get(address)
}

// Nobody sends with what comes beside an error.
func Found(clients map[string]*http.Client, name string, missing error) (*http.Client, error) {
	client, ok := clients[name]
	if !ok {
		return &http.Client{}, missing
	}
	return client, nil
}

func AskFound(clients map[string]*http.Client, address string, missing error) error {
	client, err := Found(clients, "main", missing)
	if err != nil {
		return err
	}
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	return response.Body.Close()
}
