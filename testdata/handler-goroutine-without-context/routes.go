package handlers

import (
	"context"
	"net/http"
	"os"
	"time"
)

type params map[string]string

// A router adds parameters, and handlers may return errors.
func (s *server) routed(w http.ResponseWriter, r *http.Request, p params) error {
	go s.store(p["name"]) // want "GLC101"
	return nil
}

// Two calls away from the handler, which is all that leads here.
func (s *server) order(w http.ResponseWriter, r *http.Request) { s.place(r.FormValue("id")) }

func (s *server) place(id string) { s.confirm(id) }

func (s *server) confirm(id string) {
	go s.store(id) // want "GLC101"
}

type (
	PayRequest  struct{ id string }
	PayResponse struct{}
)

// Pay is a method of a service, by the names of its messages.
func (s *server) Pay(ctx context.Context, req *PayRequest) (*PayResponse, error) {
	go s.store(req.id) // want "GLC101"
	return &PayResponse{}, nil
}

// Called by others as well, who may wait for it.
func (s *server) shared(id string) { s.deeper(id) }

func (s *server) deeper(id string) {
	go s.store(id)
}

func (s *server) sharing(w http.ResponseWriter, r *http.Request) { s.shared("x") }

func (s *server) tick() {
	for range time.Tick(time.Minute) {
		s.shared("tick")
	}
}

// A client's method takes options.
func (s *server) Charge(ctx context.Context, req *PayRequest, opts ...string) (*PayResponse, error) {
	go s.store(req.id)
	return nil, nil
}

type lifetime struct{ done chan struct{} }

func (l lifetime) Done() <-chan struct{} { return l.done }

// A context of another kind.
func (s *server) forgets(w http.ResponseWriter, r *http.Request, life lifetime) {
	go func() {
		select {
		case <-life.Done():
		case <-time.After(time.Minute):
		}
	}()
}

type copier struct{ from, to *conn }

type conn struct{ data chan []byte }

func (c *conn) Close() error { close(c.data); return nil }

func (c *copier) copy() {
	for b := range c.from.data {
		c.to.data <- b
	}
}

// What the goroutine works on is closed when the handler ends.
func (s *server) tunnel(w http.ResponseWriter, r *http.Request) {
	from, to := &conn{}, &conn{}
	defer from.Close()
	defer to.Close()
	c := copier{from: from, to: to}
	go c.copy()
	<-s.ready
}

func (j job) startRefresh() { time.Sleep(time.Minute) }

// A service that the request only sets going.
func (s *server) refresh(w http.ResponseWriter, r *http.Request) {
	go job{"all"}.startRefresh()
}

type importer struct{ rows chan string }

func (i *importer) Stop() { close(i.rows) }

func (i *importer) load(s *server) { s.store(<-i.rows) }

// Others can stop what the request has set going.
func (s *server) imports(w http.ResponseWriter, r *http.Request) {
	job := &importer{rows: make(chan string)}
	go job.load(s)
}

// The end of the process.
func (s *server) restart(w http.ResponseWriter, r *http.Request) {
	go func() {
		time.Sleep(time.Second)
		os.Exit(0)
	}()
}

var reload = make(chan os.Signal)

// The process starts anew.
func (s *server) reloads(w http.ResponseWriter, r *http.Request) {
	go func() {
		time.Sleep(time.Second)
		reload <- os.Interrupt
	}()
}
