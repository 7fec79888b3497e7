// Package plain has no profiler.
package plain

import "net/http"

func Serve() error { return http.ListenAndServe(":8080", nil) }

func ServeDefault() error { return http.ListenAndServe("0.0.0.0:8080", http.DefaultServeMux) }
