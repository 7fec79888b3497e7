package deferred

import (
	"context"
	"database/sql"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
)

type Server struct {
	mu     sync.Mutex
	db     *sql.DB
	orm    *gorm.DB
	events chan string
	acks   chan struct{}
	denied int
}

func (s *Server) Audited(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.db.Exec("insert into audit values ($1)", id) // want "GLC803 this waits .sql.DB.Exec. on every way out"
	s.denied++
	return nil
}

func Slow() error {
	defer time.Sleep(time.Second) // want "GLC803 this waits .time.Sleep."
	return nil
}

func (s *Server) Retried() (err error) {
	defer func() { // want "GLC803 .*time.Sleep"
		for i := 0; err != nil && i < 3; i++ {
			time.Sleep(time.Second)
			err = s.clean()
		}
	}()
	return s.clean()
}

func (s *Server) clean() error { return nil }

func Notified(url string) {
	defer func() { // want "GLC803 .*http.Post"
		resp, err := http.Post(url, "text/plain", strings.NewReader("done"))
		if err != nil {
			log.Print(err)
			return
		}
		resp.Body.Close()
	}()
	log.Print("work")
}

func (s *Server) Helper(id int64) {
	defer s.audit(id) // want "GLC803 .*sql.DB.QueryRow"
	s.denied++
}

func (s *Server) audit(id int64) {
	s.write(id)
}

func (s *Server) write(id int64) {
	var n int
	_ = s.db.QueryRow("insert into audit values ($1) returning id", id).Scan(&n)
}

func (s *Server) Background(id int64) {
	defer func() { // want "GLC803 .*sql.DB.ExecContext"
		_, _ = s.db.ExecContext(context.Background(), "delete from locks where id = $1", id)
	}()
	s.denied++
}

func (s *Server) ORM(name string) {
	defer s.orm.Create(name) // want "GLC803 .*gorm.DB.Create"
	s.denied++
}

func Dialled(address string) {
	defer func() { // want "GLC803 .*net.Dial"
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		conn.Close()
	}()
	log.Print("work")
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() { // want "GLC803 .*a channel send"
		s.events <- r.URL.Path
	}()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) Acknowledged(w http.ResponseWriter, r *http.Request) {
	defer s.confirm() // want "GLC803 .*a channel receive"
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) confirm() {
	<-s.acks
}
