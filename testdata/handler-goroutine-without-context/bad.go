// Package handlers starts goroutines that outlive the requests they serve.
package handlers

import (
	"database/sql"
	"encoding/json"
	"log"
	"net/http"
	web "net/http"
	"os/exec"
	"time"
)

type server struct {
	db     *sql.DB
	client *http.Client
	events chan string
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
