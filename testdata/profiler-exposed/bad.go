package admin

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	web "net/http"
	"net/http/pprof"
	"time"
)

const port = ":6060"

func Wildcard() {
	log.Fatal(http.ListenAndServe(":6060", nil)) // want "GLC906 .*listen on localhost"
}

func InGoroutine() {
	go func() {
		log.Print(web.ListenAndServe("0.0.0.0:6060", web.DefaultServeMux)) // want "GLC906"
	}()
}

func Constant() error {
	return http.ListenAndServe(port, nil) // want "GLC906"
}

func Built(number int) error {
	return http.ListenAndServe(fmt.Sprintf(":%d", number), nil) // want "GLC906"
}

func Joined(number string) error {
	return http.ListenAndServeTLS(net.JoinHostPort("", number), "cert", "key", nil) // want "GLC906"
}

var address = flag.String("pprof", ":6060", "address of the profiler")

func Flag() error {
	return http.ListenAndServe(*address, nil) // want "GLC906"
}

func Server() error {
	server := &http.Server{ // want "GLC906"
		Addr:              ":" + "8080",
		ReadHeaderTimeout: time.Second,
	}
	return server.ListenAndServe()
}

func OwnMuxServed() error {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index) // want "GLC906 .*served on localhost only"
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	return http.ListenAndServe(":6060", mux)
}

func OwnMuxInServer() error {
	mux := http.NewServeMux()
	mux.Handle("/debug/pprof/", http.HandlerFunc(pprof.Index)) // want "GLC906"
	server := http.Server{Addr: "[::]:6060", Handler: mux, ReadHeaderTimeout: time.Second}
	return server.ListenAndServe()
}

func Public(orders http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /orders/", orders)
	mux.HandleFunc("/debug/pprof/", pprof.Index) // want "GLC906"
	return mux
}
