//glc:package github.com/aws/aws-sdk-go-v2/config
package config

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

type LoadOptions struct {
	Region      string
	Credentials aws.CredentialsProvider
}
type LoadOptionsFunc func(*LoadOptions) error

func LoadDefaultConfig(context.Context, ...func(*LoadOptions) error) (aws.Config, error)
func WithRegion(string) LoadOptionsFunc
func WithCredentialsProvider(aws.CredentialsProvider) LoadOptionsFunc
func WithSharedConfigProfile(string) LoadOptionsFunc
func WithRetryMaxAttempts(int) LoadOptionsFunc
func WithHTTPClient(HTTPClient) LoadOptionsFunc

type HTTPClient interface {
	Do(*http.Request) (*http.Response, error)
}
