package admin

import (
	"net/http"
	"net/http/pprof"
	"time"
)

func Loopback() error { return http.ListenAndServe("localhost:6060", nil) }

func LoopbackAddress() error { return http.ListenAndServe("127.0.0.1:6060", nil) }

func LoopbackServer() error {
	server := &http.Server{Addr: "[::1]:6060", ReadHeaderTimeout: time.Second}
	return server.ListenAndServe()
}

// Given may be anything.
func Given(addr string) error { return http.ListenAndServe(addr, nil) }

func OtherMux() error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", http.NotFound)
	return http.ListenAndServe(":8080", mux)
}

func OtherMuxLater(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	server.Handler = handler
	return server.ListenAndServe()
}

func OwnMuxOnLoopback() error {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	return http.ListenAndServe("localhost:6060", mux)
}

// Operations has no route for the public.
func Operations(metrics http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/metrics", metrics)
	mux.HandleFunc("/healthz", http.NotFound)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	return mux
}

func OnRequest(enabled bool, orders http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders/", orders)
	if enabled {
		mux.HandleFunc("/debug/pprof/", pprof.Index)
	}
	return mux
}

type table map[string]http.HandlerFunc

func (t table) HandleFunc(pattern string, handler http.HandlerFunc) { t[pattern] = handler }

func OwnTable() table {
	routes := table{}
	routes.HandleFunc("/orders/", http.NotFound)
	routes.HandleFunc("/debug/pprof/", pprof.Index)
	return routes
}
