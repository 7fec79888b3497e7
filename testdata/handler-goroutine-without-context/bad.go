// Package handlers starts goroutines that outlive the requests they serve.
package handlers

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	web "net/http"
	"os/exec"
	"sync"
	"time"
)

type server struct {
	db     *sql.DB
	client *http.Client
	events chan string
	ready  chan struct{}
	audit  string
}

func (s *server) create(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	go func() { // want "GLC101 .*Client.Post"
		resp, err := s.client.Post(s.audit, "text/plain", nil)
		if err == nil {
			resp.Body.Close()
		}
		log.Print(name)
	}()
	w.WriteHeader(http.StatusAccepted)
}

func (s *server) named(w web.ResponseWriter, r *web.Request) {
	go s.store(r.FormValue("name")) // want "GLC101 .*sql.DB.Exec"
}

func (s *server) store(name string) {
	if _, err := s.db.Exec("INSERT INTO names VALUES (?)", name); err != nil {
		log.Print(err)
	}
}

func (s *server) twoCallsAway(w http.ResponseWriter, r *http.Request) {
	go s.record(r.URL.Path) // want "GLC101 .*sql.DB.Exec"
}

func (s *server) record(path string) {
	if path != "" {
		s.store(path)
	}
}

func (s *server) sends(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	go func() { // want "GLC101 .*a channel send"
		s.events <- id
	}()
}

func (s *server) sleeps(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC101 .*time.Sleep"
		time.Sleep(time.Minute)
		log.Print("later")
	}()
}

func handlerFactory(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user := r.Header.Get("X-User")
		go func() { // want "GLC101"
			_, _ = db.Exec("UPDATE seen SET at = now() WHERE user = ?", user)
		}()
	}
}

func logging(next http.Handler, sink chan<- string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		path := r.URL.Path
		go func() { sink <- path }() // want "GLC101"
	})
}

func (s *server) indirect(w http.ResponseWriter, r *http.Request) {
	var body struct{ Name string }
	if json.NewDecoder(r.Body).Decode(&body) == nil {
		s.notify(body.Name)
	}
}

// notify is called by a handler only: it is request code too.
func (s *server) notify(name string) {
	go func() { // want "GLC101 .*Cmd"
		_ = exec.Command("notify", name).Run()
	}()
}

func closureVariable(w http.ResponseWriter, r *http.Request) {
	send := func() {
		resp, err := http.Get("http://mail.internal/send")
		if err == nil {
			resp.Body.Close()
		}
	}
	go send() // want "GLC101 .*http.Get"
}

func (s *server) method(w http.ResponseWriter, r *http.Request) {
	store := s.store
	go store(r.FormValue("name")) // want "GLC101"
}

// givesUp waits, but not for ever: what it started stays when the request has gone.
func (s *server) givesUp(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() { // want "GLC101"
		defer close(done)
		s.store("x")
	}()
	select {
	case <-done:
	case <-r.Context().Done():
	}
}

func (s *server) returnsEarly(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() { // want "GLC101"
		_, err := s.db.Exec("SELECT 1")
		done <- err
	}()
	if r.FormValue("quick") != "" {
		return
	}
	<-done
}

// waitsForOthers waits for something, but not for what it starts.
func (s *server) waitsForOthers(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	go s.store("x") // want "GLC101"
	group.Wait()
	<-s.ready
}

func (s *server) inAnotherFile(w http.ResponseWriter, r *http.Request) {
	go s.elsewhere(r.URL.Path) // want "GLC101 .*time.Sleep"
}

func (s *server) answers(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC101 .*fmt.Fprintln"
		fmt.Fprintln(w, "late")
	}()
}

type job struct{ name string }

func (j job) run() { time.Sleep(time.Minute) }

func (s *server) table(w http.ResponseWriter, r *http.Request) {
	jobs := []job{{"a"}, {"b"}}
	for _, j := range jobs {
		go j.run() // want "GLC101"
	}
}
