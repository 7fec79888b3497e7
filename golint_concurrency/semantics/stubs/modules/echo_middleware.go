//glc:package github.com/labstack/echo/v4/middleware
package middleware

import (
	"time"

	echo "github.com/labstack/echo/v4"
	"golang.org/x/time/rate"
)

func Recover() echo.MiddlewareFunc
func Logger() echo.MiddlewareFunc
func RequestLogger() echo.MiddlewareFunc
func RequestID() echo.MiddlewareFunc
func CORS() echo.MiddlewareFunc
func CSRF() echo.MiddlewareFunc
func Gzip() echo.MiddlewareFunc
func Decompress() echo.MiddlewareFunc
func Secure() echo.MiddlewareFunc
func Timeout() echo.MiddlewareFunc
func RemoveTrailingSlash() echo.MiddlewareFunc
func AddTrailingSlash() echo.MiddlewareFunc
func BodyLimit(string) echo.MiddlewareFunc
func ContextTimeout(time.Duration) echo.MiddlewareFunc
func TimeoutWithConfig(TimeoutConfig) echo.MiddlewareFunc
func RateLimiter(RateLimiterStore) echo.MiddlewareFunc
func NewRateLimiterMemoryStore(rate.Limit) *RateLimiterMemoryStore

type Skipper func(echo.Context) bool
type TimeoutConfig struct {
	Skipper                    Skipper
	ErrorMessage               string
	OnTimeoutRouteErrorHandler func(error, echo.Context)
	Timeout                    time.Duration
}
type RateLimiterStore interface {
	Allow(string) (bool, error)
}
type RateLimiterMemoryStore struct{}

func (*RateLimiterMemoryStore) Allow(string) (bool, error)
