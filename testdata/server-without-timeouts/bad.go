// Package servers holds servers without timeouts.
package servers

import (
	"log"
	"net"
	web "net/http"

	"github.com/gin-gonic/gin"
)

type App struct {
	server *web.Server
	inner  web.Server
}

func Literal(mux *web.ServeMux) error {
	server := &web.Server{Addr: ":8080", Handler: mux} // want "GLC604 .*no ReadHeaderTimeout.*and IdleTimeout"
	return server.ListenAndServe()
}

func WriteOnly(mux *web.ServeMux) error {
	server := web.Server{ // want "GLC604 .*no ReadHeaderTimeout"
		Addr:         ":8080",
		Handler:      mux,
		WriteTimeout: writeTimeout,
	}
	return server.ListenAndServe()
}

func (a *App) Stored(mux *web.ServeMux) {
	a.server = &web.Server{Handler: mux} // want "GLC604 .*no ReadHeaderTimeout"
}

func InField(mux *web.ServeMux) *App {
	return &App{
		inner: web.Server{Handler: mux}, // want "GLC604 .*no ReadHeaderTimeout"
	}
}

func IdleOnly() *web.Server {
	return &web.Server{IdleTimeout: writeTimeout} // want "GLC604 .*set ReadHeaderTimeout"
}

func NoIdle() *web.Server {
	return &web.Server{ReadHeaderTimeout: writeTimeout} // want "GLC604 .*no IdleTimeout"
}

func New(mux *web.ServeMux) *web.Server {
	server := new(web.Server) // want "GLC604 .*no ReadHeaderTimeout"
	server.Handler = mux
	return server
}

func Function(mux *web.ServeMux) {
	log.Fatal(web.ListenAndServe(":8080", mux)) // want "GLC604 .*http.ListenAndServe serves"
}

func DefaultMux(address string) {
	go web.ListenAndServe(address, nil) // want "GLC604 .*http.ListenAndServe serves"
}

func TLS(mux *web.ServeMux) error {
	return web.ListenAndServeTLS(":443", "cert.pem", "key.pem", mux) // want "GLC604 .*http.ListenAndServeTLS"
}

func OnListener(l net.Listener, mux *web.ServeMux) error {
	return web.Serve(l, mux) // want "GLC604 .*http.Serve serves"
}

func OnTLSListener(l net.Listener) error {
	return web.ServeTLS(l, nil, "cert.pem", "key.pem") // want "GLC604 .*http.ServeTLS serves"
}

func Gin() error {
	router := gin.New()
	return router.Run(":8080") // want "GLC604 .*Run of gin"
}

func OpenInSomeCases(fixed bool, mux *web.ServeMux) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if !fixed {
		listener, err = net.Listen("tcp", ":8080")
	}
	if err != nil {
		return err
	}
	server := &web.Server{Handler: mux} // want "GLC604 .*no ReadHeaderTimeout"
	return server.Serve(listener)
}
