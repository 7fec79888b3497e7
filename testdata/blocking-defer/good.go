package deferred

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"gorm.io/gorm"
)

func (s *Server) Transaction(ctx context.Context) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, "select 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	defer tx.ExecContext(ctx, "deallocate all")
	return tx.Commit()
}

func CommitOrNot(tx *sql.Tx) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
			return
		}
		err = tx.Commit()
	}()
	return nil
}

func Cursor(tx *sql.Tx) error {
	defer tx.Exec("CLOSE cursor")
	return nil
}

func Advisory(db *sql.DB, id int64) error {
	if _, err := db.Exec("select pg_advisory_lock($1)", id); err != nil {
		return err
	}
	defer db.Exec("select pg_advisory_unlock($1)", id)
	return nil
}

func (s *Server) Deadline(ctx context.Context, id int64) {
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_, _ = s.db.ExecContext(ctx, "insert into audit values ($1)", id)
	}()
	s.denied++
}

func Joined(work []func()) {
	var wg sync.WaitGroup
	defer wg.Wait()
	done := make(chan struct{})
	defer func() { <-done }()
	go func() {
		defer close(done)
		for _, f := range work {
			wg.Go(f)
		}
	}()
}

type worker struct {
	quit, done chan struct{}
	slots      chan struct{}
}

func (w *worker) Stop() {
	close(w.quit)
	for {
		select {
		case <-w.done:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

func Stopped(w *worker) {
	defer w.Stop()
}

// A semaphore.
func (w *worker) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.slots <- struct{}{}
	defer func() { <-w.slots }()
	rw.WriteHeader(http.StatusOK)
}

func (w *worker) Signalled(rw http.ResponseWriter, r *http.Request) {
	defer func() {
		select {
		case w.done <- struct{}{}:
		case <-r.Context().Done():
		}
	}()
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		_, _ = io.Copy(io.Discard, r.Body)
	}()
	defer func() { <-finished }()
	rw.WriteHeader(http.StatusOK)
}

// Not request code: whoever started it waits.
func (w *worker) run() {
	defer func() { w.done <- struct{}{} }()
	<-w.quit
}

func Run(w *worker) { go w.run() }

// Each answer takes as long, so that nobody can tell them apart.
func Login(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	defer func() {
		time.Sleep(100*time.Millisecond - time.Since(start))
	}()
	w.WriteHeader(http.StatusForbidden)
}

func InGoroutine(s *Server, id int64) {
	defer func() {
		go s.audit(id)
	}()
	s.denied++
}

func Bounded(ctx context.Context, orm *gorm.DB) {
	defer orm.WithContext(ctx).Create("x")
}

func Local(path string) {
	defer func() {
		if conn, err := net.Dial("unixgram", path); err == nil {
			conn.Close()
		}
	}()
}

// Starts anew after a panic, but not at once.
func Restarted(work func()) {
	go func() {
		defer func() {
			if recover() != nil {
				time.Sleep(10 * time.Second)
				Restarted(work)
			}
		}()
		work()
	}()
}

func Session(ctx context.Context, conn *sql.Conn) {
	defer conn.ExecContext(context.Background(), "SET foreign_key_checks = 1")
}

type places struct{ free chan int }

func newPlaces(n int) *places {
	p := &places{free: make(chan int, n)}
	for i := range n {
		p.free <- i
	}
	return p
}

func (p *places) take(ctx context.Context) (int, error) {
	select {
	case place := <-p.free:
		return place, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (p *places) giveBack(place int) { p.free <- place }

type counted struct {
	places *places
	next   http.Handler
}

// There is room for what was taken.
func (c *counted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	place, err := c.places.take(r.Context())
	if err == nil {
		defer c.places.giveBack(place)
	}
	c.next.ServeHTTP(w, r)
}

func mountAt(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if err := unmountAll(r.URL.Path); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}()
	io.Copy(w, r.Body)
}

// Tries again while it is in use.
func unmountAll(path string) error {
	for range 50 {
		if path != "" {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("in use")
}

func (s *Server) timeout(ms int) error {
	_, err := s.db.Exec("pragma busy_timeout = ?", ms)
	return err
}

// Sets something and puts it back.
func (s *Server) Patient() error {
	if err := s.timeout(1000); err != nil {
		return err
	}
	defer func() {
		if err := s.timeout(10); err != nil {
			s.denied++
		}
	}()
	return s.clean()
}

func (s *Server) Alter(table string) error {
	defer s.db.Exec("select 1 from " + table)
	_, err := s.db.Exec("alter table " + table + " add column x int")
	return err
}

// Only what failed is written down.
func (s *Server) Migrated(id int64) (err error) {
	defer func() {
		if err != nil {
			s.audit(id)
		}
	}()
	return s.clean()
}

func (s *Server) Connected(pause func() time.Duration) (err error) {
	defer func() {
		if err != nil {
			time.Sleep(pause())
		} else {
			s.denied = 0
		}
	}()
	return s.clean()
}

func (s *Server) Reader(ctx context.Context) {
	defer func() {
		select {
		case <-ctx.Done():
		default:
			time.Sleep(time.Second)
			go s.Reader(ctx)
		}
	}()
	_ = s.clean()
}

type broker struct{ joining, leaving chan string }

func (b *broker) subscribe(name string)   { b.joining <- name }
func (b *broker) unsubscribe(name string) { b.leaving <- name }

func (b *broker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.subscribe(r.URL.Path)
	defer b.unsubscribe(r.URL.Path)
	w.WriteHeader(http.StatusOK)
}

// A store that is slow on purpose.
type slow struct{ store *Server }

func (s slow) delay() { time.Sleep(time.Second) }

func (s slow) Clean() error {
	s.delay()
	defer s.delay()
	return s.store.clean()
}

// The last step of the work gives the answer.
func (s *Server) Uploaded(ctx context.Context, id int64, family bool) (err error) {
	if family {
		defer func() {
			if id > 0 {
				_, err = s.db.ExecContext(context.Background(), "update t set id = $1", id)
			}
		}()
	}
	return s.clean()
}

// After a panic there is time to say so.
func (s *Server) Recovered(id int64) (errPass error) {
	defer func() {
		if e := recover(); e != nil {
			s.audit(id)
		}
		if errPass != nil {
			s.audit(id)
		}
	}()
	return s.clean()
}

type hub struct{ unregister chan *pump }

type pump struct{ hub *hub }

func (p *pump) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		p.hub.unregister <- p
	}()
	w.WriteHeader(http.StatusOK)
}

func Settled(remove func()) {
	defer func() {
		// Some readers are late, and nobody waits for this.
		time.Sleep(time.Second)
		remove()
	}()
}
