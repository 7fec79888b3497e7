// Package guarded asks who is there.
package guarded

import (
	"net/http"
	"net/http/pprof"
)

func Routes(orders http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders/", orders)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	return withBasicAuth(mux)
}

func Wrapped(orders http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders/", orders)
	mux.Handle("/debug/pprof/", withBasicAuth(http.HandlerFunc(pprof.Index)))
	return mux
}

func withBasicAuth(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := r.BasicAuth(); !ok {
			http.Error(w, "who are you", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}
