// Package session tidies up in finalizers.
package session

import (
	"database/sql"
	"net/http"
	"runtime"
	"sync"
	"time"
)

type session struct {
	id     int
	closed chan int
	wg     sync.WaitGroup
	db     *sql.DB
}

func sends(s *session) {
	runtime.SetFinalizer(s, func(s *session) { // want "GLC910 .*a channel send.*start a goroutine"
		s.closed <- s.id
	})
}

func method(s *session) {
	runtime.SetFinalizer(s, (*session).finish) // want "GLC910 .*WaitGroup.Wait"
}

func (s *session) finish() { s.wg.Wait() }

func named(s *session) {
	runtime.SetFinalizer(s, report) // want "GLC910 .*http.Get"
}

func report(s *session) {
	resp, err := http.Get("http://localhost/closed")
	if err == nil {
		resp.Body.Close()
	}
}

func cleanup(s *session) {
	runtime.AddCleanup(s, func(id int) { // want "GLC910 .*this cleanup may wait .time.Sleep"
		time.Sleep(time.Second)
	}, s.id)
}

func receives(s *session) {
	runtime.SetFinalizer(s, func(s *session) { // want "GLC910"
		<-s.closed
	})
}

func selects(s *session) {
	runtime.SetFinalizer(s, func(s *session) { // want "GLC910"
		select {
		case s.closed <- s.id:
		case <-time.After(time.Second):
		}
	})
}

func deeper(s *session) {
	runtime.SetFinalizer(s, func(s *session) { s.forget() }) // want "GLC910 .*sql.DB.Exec"
}

func (s *session) forget() {
	if s.id != 0 {
		s.remove()
	}
}

func (s *session) remove() { s.db.Exec("DELETE FROM sessions WHERE id = ?", s.id) }

func variable(s *session) {
	final := func(s *session) {
		for range s.closed {
		}
	}
	runtime.SetFinalizer(s, final) // want "GLC910"
}
