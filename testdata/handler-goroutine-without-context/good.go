package handlers

import (
	"context"
	"log"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

func (s *server) passesContext(w http.ResponseWriter, r *http.Request) {
	go s.storeContext(r.Context(), "name")
}

func (s *server) storeContext(ctx context.Context, name string) {
	_, _ = s.db.ExecContext(ctx, "INSERT INTO names VALUES (?)", name)
}

func (s *server) capturesContext(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() {
		_, _ = s.db.ExecContext(ctx, "SELECT 1")
	}()
}

func (s *server) detached(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Second)
	go func() {
		defer cancel()
		s.storeContext(ctx, "late")
	}()
}

func (s *server) ownDeadline(w http.ResponseWriter, r *http.Request) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.storeContext(ctx, "late")
	}()
}

func (s *server) joinedByWaitGroup(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	for _, name := range r.URL.Query()["name"] {
		group.Add(1)
		go func() {
			defer group.Done()
			s.store(name)
		}()
	}
	group.Wait()
}

func (s *server) joinedByChannel(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() {
		_, err := s.db.Exec("SELECT 1")
		done <- err
	}()
	if err := <-done; err != nil {
		log.Print(err)
	}
}

func (s *server) joinedByClose(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.store("x")
	}()
	select {
	case <-done:
	case <-r.Context().Done():
	}
}

var hits atomic.Int64

func counts(w http.ResponseWriter, r *http.Request) {
	go hits.Add(1)
	go func() {
		hits.Add(2)
		log.Print("hit")
	}()
}

func (s *server) startWorkers() {
	go func() {
		for event := range s.events {
			s.store(event)
		}
	}()
}

func bufferedResult(w http.ResponseWriter, r *http.Request) {
	result := make(chan int, 1)
	go func() { result <- compute(r.FormValue("n")) }()
	select {
	case n := <-result:
		log.Print(n)
	case <-r.Context().Done():
	}
}

func compute(n string) int { return len(n) }

type http2 struct{}

func (http2) Get(string) {}

func shadowedPackage(w http.ResponseWriter, r *http.Request) {
	http := http2{}
	go func() { http.Get("x") }()
}
