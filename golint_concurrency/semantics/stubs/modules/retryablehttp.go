//glc:package github.com/hashicorp/go-retryablehttp
package retryablehttp

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

type CheckRetry func(context.Context, *http.Response, error) (bool, error)
type Backoff func(time.Duration, time.Duration, int, *http.Response) time.Duration
type Request struct {
	*http.Request
}

func NewRequest(string, string, interface{}) (*Request, error)
func NewRequestWithContext(context.Context, string, string, interface{}) (*Request, error)
func FromRequest(*http.Request) (*Request, error)
func (*Request) WithContext(context.Context) *Request
func (*Request) SetBody(interface{}) error

type Client struct {
	HTTPClient                 *http.Client
	Logger                     interface{}
	RetryWaitMin, RetryWaitMax time.Duration
	RetryMax                   int
	CheckRetry                 CheckRetry
	Backoff                    Backoff
}

func NewClient() *Client
func (*Client) Do(*Request) (*http.Response, error)
func (*Client) Get(string) (*http.Response, error)
func (*Client) Head(string) (*http.Response, error)
func (*Client) Post(string, string, interface{}) (*http.Response, error)
func (*Client) PostForm(string, url.Values) (*http.Response, error)
func (*Client) StandardClient() *http.Client
func Get(string) (*http.Response, error)
func Head(string) (*http.Response, error)
func Post(string, string, interface{}) (*http.Response, error)
func PostForm(string, url.Values) (*http.Response, error)

type RoundTripper struct {
	Client *Client
}

func (*RoundTripper) RoundTrip(*http.Request) (*http.Response, error)
