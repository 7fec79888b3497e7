// Package socket serves where only users of the machine reach it.
package socket

import (
	"net"
	"net/http"
	"net/http/pprof"
)

// Control lets administrators look in.
func Control(path string, list http.HandlerFunc) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /list", list)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux}
	return server.Serve(listener)
}
