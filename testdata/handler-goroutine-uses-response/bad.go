// Package answers lets goroutines use what their handlers only borrow.
package answers

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	web "net/http"
	"sync"
	"time"
)

type server struct {
	pending sync.WaitGroup
	jobs    chan string
}

func (s *server) writesLate(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC102 .*uses w,"
		fmt.Fprintln(w, "stored")
	}()
}

func (s *server) passesWriter(w web.ResponseWriter, r *web.Request) {
	go s.render(w, "page") // want "GLC102 .*uses w,"
}

func (s *server) render(w http.ResponseWriter, page string) {
	io.WriteString(w, page)
}

func (s *server) readsBody(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC102 .*r.Body"
		var order struct{ ID string }
		if json.NewDecoder(r.Body).Decode(&order) == nil {
			s.jobs <- order.ID
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

func (s *server) passesBody(w http.ResponseWriter, r *http.Request) {
	go drain(r.Body) // want "GLC102"
}

func drain(body io.Reader) { _, _ = io.Copy(io.Discard, body) }

func (s *server) parsesForm(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC102 .*r.FormValue"
		s.jobs <- r.FormValue("id")
	}()
}

// timesOut waits for the goroutine, but not for ever.
func (s *server) timesOut(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() { // want "GLC102"
		defer close(done)
		s.render(w, "slow")
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		http.Error(w, "too slow", http.StatusGatewayTimeout)
	}
}

func (s *server) leavesEarly(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	group.Add(1)
	go func() { // want "GLC102"
		defer group.Done()
		s.render(w, "late")
	}()
	if r.URL.Query().Has("quick") {
		return
	}
	group.Wait()
}

// countedElsewhere is waited for when the server shuts down, not when the handler returns.
func (s *server) countedElsewhere(w http.ResponseWriter, r *http.Request) {
	s.pending.Add(1)
	go func() { // want "GLC102"
		defer s.pending.Done()
		s.render(w, "late")
	}()
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go next.ServeHTTP(w, r) // want "GLC102"
	})
}

func flushes(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		return
	}
	go func() { // want "GLC102"
		for range time.Tick(time.Second) {
			flusher.Flush()
		}
	}()
}

func inVariable(w http.ResponseWriter, r *http.Request) {
	answer := func() {
		w.WriteHeader(http.StatusNoContent)
		log.Print("answered")
	}
	go answer() // want "GLC102"
}

func (s *server) inLoop(w http.ResponseWriter, r *http.Request) {
	for _, name := range r.URL.Query()["name"] {
		go func() { // want "GLC102"
			fmt.Fprintln(w, name)
			s.jobs <- name
		}()
	}
	for range 2 {
		go func() { // want "GLC102"
			w.Header().Set("X-Late", "yes")
		}()
	}
}
