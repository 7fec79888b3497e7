//glc:package github.com/go-chi/chi/v5/middleware
package middleware

import (
	"context"
	"io"
	"net/http"
	"time"
)

func Recoverer(http.Handler) http.Handler
func Logger(http.Handler) http.Handler
func RequestID(http.Handler) http.Handler
func RealIP(http.Handler) http.Handler
func CleanPath(http.Handler) http.Handler
func StripSlashes(http.Handler) http.Handler
func RedirectSlashes(http.Handler) http.Handler
func NoCache(http.Handler) http.Handler
func GetHead(http.Handler) http.Handler
func Timeout(time.Duration) func(http.Handler) http.Handler
func Throttle(int) func(http.Handler) http.Handler
func ThrottleBacklog(int, int, time.Duration) func(http.Handler) http.Handler
func Compress(int, ...string) func(http.Handler) http.Handler
func AllowContentType(...string) func(http.Handler) http.Handler
func BasicAuth(string, map[string]string) func(http.Handler) http.Handler
func RequestSize(int64) func(http.Handler) http.Handler
func Heartbeat(string) func(http.Handler) http.Handler
func SetHeader(string, string) func(http.Handler) http.Handler
func WithValue(interface{}, interface{}) func(http.Handler) http.Handler
func Profiler() http.Handler
func GetReqID(context.Context) string

type WrapResponseWriter interface {
	http.ResponseWriter
	Status() int
	BytesWritten() int
	Tee(io.Writer)
	Unwrap() http.ResponseWriter
}

func NewWrapResponseWriter(http.ResponseWriter, int) WrapResponseWriter
