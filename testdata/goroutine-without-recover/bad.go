// Package events starts goroutines whose panics nobody sees.
package events

import (
	"net/http"
	"sync"
)

type server struct {
	names map[string]int
	group sync.WaitGroup
}

func (s *server) publish(name string) { s.names[name]++ }

func (s *server) create(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	go func() { // want "GLC105"
		s.publish(name)
	}()
}

func (s *server) named(w http.ResponseWriter, r *http.Request) {
	go s.publish(r.FormValue("name")) // want "GLC105"
}

func (s *server) joined(w http.ResponseWriter, r *http.Request) {
	s.group.Add(1)
	go func() { // want "GLC105"
		defer s.group.Done()
		s.publish("x")
	}()
	s.group.Wait()
}

func (s *server) start() {
	go s.publish("start")  // want "GLC105"
	go func(name string) { // want "GLC105"
		s.publish(name)
	}("x")
}

// tooDeep recovers where it has no effect.
func (s *server) tooDeep() {
	go func() { // want "GLC105"
		if err := recover(); err != nil {
			return
		}
		s.publish("x")
	}()
}

func (s *server) onStarter() {
	defer func() { _ = recover() }()
	go func() { // want "GLC105"
		s.publish("x")
	}()
}

func (s *server) inVariable() {
	run := func() { s.publish("x") }
	go run() // want "GLC105"
}

func (s *server) indexes(items []int, out chan<- int) {
	go func() { // want "GLC105"
		out <- items[3]
	}()
}
