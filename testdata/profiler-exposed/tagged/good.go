// Package tagged has the profiler in builds for debugging only.
package tagged

import "net/http"

func Serve() error { return http.ListenAndServe(":8080", nil) }
