//glc:package github.com/aws/aws-sdk-go-v2/aws
package aws

import (
	"context"
	"net/http"
	"time"
)

type Credentials struct {
	AccessKeyID, SecretAccessKey, SessionToken, Source string
	CanExpire                                          bool
	Expires                                            time.Time
}
type CredentialsProvider interface {
	Retrieve(context.Context) (Credentials, error)
}
type HTTPClient interface {
	Do(*http.Request) (*http.Response, error)
}
type Config struct {
	Region           string
	Credentials      CredentialsProvider
	HTTPClient       HTTPClient
	RetryMaxAttempts int
	BaseEndpoint     *string
}

func NewConfig() *Config
func (Config) Copy() Config
func String(string) *string
func ToString(*string) string
func StringSlice([]string) []*string
func Bool(bool) *bool
func ToBool(*bool) bool
func Int32(int32) *int32
func ToInt32(*int32) int32
func Int64(int64) *int64
func ToInt64(*int64) int64
func Float64(float64) *float64
func Time(time.Time) *time.Time
func ToTime(*time.Time) time.Time
