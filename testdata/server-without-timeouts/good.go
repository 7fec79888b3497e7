package servers

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

func Complete(mux *http.ServeMux) error {
	server := &http.Server{
		Addr:              ":8080",
		Handler:           mux,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	return server.ListenAndServe()
}

func ReadTimeoutCoversBoth(mux *http.ServeMux) error {
	return (&http.Server{Handler: mux, ReadTimeout: time.Minute}).ListenAndServe()
}

func FromConstructor(mux *http.ServeMux) error {
	return configured(mux).ListenAndServe()
}

func Loopback() error {
	return http.ListenAndServe("localhost:6060", nil)
}

func LoopbackLiteral(mux *http.ServeMux) error {
	server := &http.Server{Addr: "127.0.0.1:6060", Handler: mux}
	return server.ListenAndServe()
}

func LoopbackListener(mux *http.ServeMux) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	return http.Serve(l, mux)
}

func UnixSocket(path string, mux *http.ServeMux) error {
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	return http.Serve(l, mux)
}

func LoopbackPort(port int) error {
	return http.ListenAndServe(fmt.Sprintf("localhost:%d", port), nil)
}

func LoopbackText(port string) error {
	return http.ListenAndServe("127.0.0.1:"+port, nil)
}

func UnixListener(l *net.UnixListener, mux *http.ServeMux) error {
	return http.Serve(l, mux)
}

func GinBehindServer() error {
	router := gin.New()
	server := &http.Server{Addr: ":8080", Handler: router, ReadTimeout: time.Minute}
	return server.ListenAndServe()
}

func GinOnLoopback() error {
	return gin.New().Run("localhost:8080")
}

type lookalike struct{ Addr string }

type http2 struct{}

func (http2) ListenAndServe(address string, mux *http.ServeMux) error { return nil }

func Shadowed(http http2) error {
	_ = lookalike{Addr: ":8080"}
	return http.ListenAndServe(":8080", nil)
}

var agent string

// Tries ports of this machine only.
func DebugAgent() {
	for port := 6060; port < 6100; port++ {
		agent = fmt.Sprintf("127.0.0.1:%d", port)
		_ = http.ListenAndServe(agent, nil)
	}
}

type connOptions struct{ BaseConfig *http.Server }

func Options(mux *http.ServeMux) *connOptions {
	return &connOptions{BaseConfig: &http.Server{Handler: mux}}
}

// Asks the user back on a port of this machine.
func Callback(fixed bool, mux *http.ServeMux) error {
	var listener net.Listener
	var err error
	if fixed {
		listener, err = net.Listen("tcp", "127.0.0.1:3001")
	} else {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux}
	return server.Serve(listener)
}

// One branch serves a socket of this machine.
func Socket(path string, mux *http.ServeMux, serve func(*http.Server, net.Listener)) error {
	var server *http.Server
	address, err := net.ResolveUnixAddr("unix", path)
	if err != nil {
		return err
	}
	var listener net.Listener
	if listener, err = net.ListenUnix("unix", address); err == nil {
		server = &http.Server{Handler: mux}
		go serve(server, listener)
	}
	return err
}
