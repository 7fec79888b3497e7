//glc:package github.com/go-resty/resty/v2
package resty

import (
	"context"
	"io"
	"net/http"
	"time"
)

type Client struct {
	BaseURL                         string
	Debug                           bool
	RetryCount                      int
	RetryWaitTime, RetryMaxWaitTime time.Duration
}

func New() *Client
func NewWithClient(*http.Client) *Client
func (*Client) R() *Request
func (*Client) NewRequest() *Request
func (*Client) SetTimeout(time.Duration) *Client
func (*Client) SetRetryWaitTime(time.Duration) *Client
func (*Client) SetRetryMaxWaitTime(time.Duration) *Client
func (*Client) SetBaseURL(string) *Client
func (*Client) SetAuthToken(string) *Client
func (*Client) SetProxy(string) *Client
func (*Client) SetHeader(string, string) *Client
func (*Client) SetRetryCount(int) *Client
func (*Client) SetTransport(http.RoundTripper) *Client
func (*Client) GetClient() *http.Client

type Request struct {
	URL, Method         string
	Body, Result, Error interface{}
	Header              http.Header
	RawRequest          *http.Request
}

func (*Request) Context() context.Context
func (*Request) SetContext(context.Context) *Request
func (*Request) SetHeader(string, string) *Request
func (*Request) SetQueryParam(string, string) *Request
func (*Request) SetPathParam(string, string) *Request
func (*Request) SetHeaders(map[string]string) *Request
func (*Request) SetQueryParams(map[string]string) *Request
func (*Request) SetPathParams(map[string]string) *Request
func (*Request) SetFormData(map[string]string) *Request
func (*Request) SetBody(interface{}) *Request
func (*Request) SetResult(interface{}) *Request
func (*Request) SetError(interface{}) *Request
func (*Request) SetAuthToken(string) *Request
func (*Request) SetDoNotParseResponse(bool) *Request
func (*Request) Get(string) (*Response, error)
func (*Request) Head(string) (*Response, error)
func (*Request) Post(string) (*Response, error)
func (*Request) Put(string) (*Response, error)
func (*Request) Delete(string) (*Response, error)
func (*Request) Options(string) (*Response, error)
func (*Request) Patch(string) (*Response, error)
func (*Request) Execute(string, string) (*Response, error)
func (*Request) Send() (*Response, error)

type Response struct {
	Request     *Request
	RawResponse *http.Response
}

func (*Response) Body() []byte
func (*Response) String() string
func (*Response) Status() string
func (*Response) StatusCode() int
func (*Response) IsSuccess() bool
func (*Response) IsError() bool
func (*Response) RawBody() io.ReadCloser
func (*Response) Header() http.Header
func (*Response) Result() interface{}
func (*Response) Error() interface{}
