package requests

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"time"
)

// The context is passed on.
func passes(ctx context.Context, db *sql.DB) error {
	return db.PingContext(ctx)
}

// No context in scope.
func none(db *sql.DB) error {
	return db.PingContext(context.Background())
}

// A deadline of its own is a decision.
func deadline(ctx context.Context, db *sql.DB) error {
	own, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return db.PingContext(own)
}

// Nil fallback.
func fallback(ctx context.Context, db *sql.DB) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return db.PingContext(ctx)
}

// Work in a goroutine that outlives the request.
func (s *store) later(w http.ResponseWriter, r *http.Request) {
	go func() {
		_, err := s.db.ExecContext(context.Background(), "INSERT INTO audit VALUES (1)")
		if err != nil {
			slog.Error("audit", "err", err)
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// Cleaning up at the end.
func (s *store) cleaned(ctx context.Context, tx *sql.Tx) error {
	defer s.db.ExecContext(context.Background(), "DELETE FROM locks")
	return ctx.Err()
}

// Cleaning up by name.
func (s *store) releaseLock(ctx context.Context, id int) error {
	_, err := s.db.ExecContext(context.Background(), "DELETE FROM locks WHERE id = $1", id)
	return err
}

// Where an error is dealt with.
func (s *store) transfer(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, "UPDATE a SET n = n - 1"); err != nil {
		if _, err := s.db.ExecContext(context.Background(), "UPDATE a SET failed = 1"); err != nil {
			return err
		}
		return err
	}
	return nil
}

// When the context is done.
func (s *store) watch(ctx context.Context, in <-chan int) error {
	for {
		select {
		case <-ctx.Done():
			_, err := s.db.ExecContext(context.Background(), "UPDATE a SET stopped = 1")
			return err
		case <-in:
		}
	}
}

// Explained.
func (s *store) explained(ctx context.Context) error {
	// The client may go away, the order must be written all the same: detached from ctx.
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO orders VALUES (1)")
	return err
}

// Beside the call.
func (s *store) besides(ctx context.Context) error {
	return s.db.PingContext(context.Background()) // not cancelled with the request
}

// Nothing waits.
func logs(ctx context.Context, id int) {
	slog.InfoContext(context.Background(), "seen", "id", id)
}

// A connection of the pool, which lives on.
func (s *store) openPool(ctx context.Context, dial func(context.Context) (*sql.DB, error)) (err error) {
	s.db, err = NewPool(context.Background(), dial)
	return err
}

// NewPool makes a pool.
func NewPool(ctx context.Context, dial func(context.Context) (*sql.DB, error)) (*sql.DB, error) {
	db, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	return db, db.PingContext(ctx)
}

// A callback that somebody calls later.
func callback(ctx context.Context, db *sql.DB, on func(func() error)) {
	on(func() error { return db.PingContext(context.Background()) })
}

// An effect through an interface may be meant to happen in any case.
func effect(ctx context.Context, q interface {
	Publish(context.Context, string) error
}) error {
	return q.Publish(context.Background(), "done")
}

// The callee makes no use of it.
func ignored(ctx context.Context) int { return count(context.Background()) }

func count(ctx context.Context) int { return 1 }

// A write may be meant to happen in any case.
func (s *store) upload(ctx context.Context, id int) error {
	return s.saveRow(context.Background(), id)
}

func (s *store) saveRow(ctx context.Context, id int) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO rows VALUES ($1)", id)
	return err
}

// The request is answered before the goroutine that gets its context has done its work.
func (s *store) start(w http.ResponseWriter, r *http.Request) {
	go s.check(r.Context(), 1)
	w.WriteHeader(http.StatusAccepted)
}

func (s *store) check(ctx context.Context, id int) {
	slog.InfoContext(ctx, "checking", "id", id)
	if row := s.db.QueryRowContext(context.Background(), "SELECT 1"); row.Err() != nil {
		slog.Error("check")
	}
}
