// Package asked offers the profiler to those who ask for it.
package asked

import (
	"net/http"
	"net/http/pprof"
)

// Serve has a public route as well.
func Serve(profile bool, home http.HandlerFunc) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", home)
	if profile {
		offer(mux)
	}
	return http.ListenAndServe(":8080", mux)
}

func offer(mux *http.ServeMux) {
	mux.HandleFunc("/debug/pprof/", pprof.Index)
}
