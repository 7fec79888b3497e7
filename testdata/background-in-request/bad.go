// Package requests waits on contexts that nobody cancels.
package requests

import (
	"context"
	stdctx "context"
	"database/sql"
	"net"
	"net/http"
	"os/exec"

	"github.com/gin-gonic/gin"
)

type user struct{ id int }

type store struct {
	db    *sql.DB
	users users
}

type users interface {
	Get(ctx context.Context, id int) (*user, error)
}

func (s *store) find(ctx context.Context, id int) error {
	row := s.db.QueryRowContext(context.Background(), "SELECT 1 FROM users WHERE id = $1", id) // want "GLC302 .*QueryRow.* goes on"
	return row.Err()
}

func (s *store) todo(ctx context.Context) (*sql.Rows, error) {
	return s.db.QueryContext(context.TODO(), "SELECT 1") // want "GLC302"
}

// A handler.
func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := s.db.ExecContext(context.Background(), "UPDATE hits SET n = n + 1"); err != nil { // want "GLC302 .*pass r"
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// A handler of gin.
func (s *store) show(c *gin.Context) {
	rows, err := s.db.QueryContext(context.Background(), "SELECT 1") // want "GLC302 .*pass c.Req"
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	rows.Close()
}

// An interface, by what it asks.
func (s *store) name(ctx context.Context, id int) (int, error) {
	u, err := s.users.Get(context.Background(), id) // want "GLC302 .*Get goes on"
	if err != nil {
		return 0, err
	}
	return u.id, nil
}

// A function in sight that hands its context on, two calls away.
func (s *store) all(ctx context.Context, ids []int) (n int) {
	for _, id := range ids {
		if s.known(context.Background(), id) { // want "GLC302 .*known goes on"
			n++
		}
	}
	return n
}

func (s *store) known(ctx context.Context, id int) bool { return s.ask(ctx, id) == nil }

func (s *store) ask(ctx context.Context, id int) error {
	_, err := s.db.ExecContext(ctx, "SELECT 1", id)
	return err
}

// Another name for the package.
func resolve(parent stdctx.Context, host string) ([]string, error) {
	var r net.Resolver
	return r.LookupHost(stdctx.Background(), host) // want "GLC302 .*pass parent"
}

// A generic helper.
func page[T any](ctx context.Context, load func(context.Context, int) (T, error), n int) (T, error) {
	return load(context.Background(), n) // want "GLC302"
}

// In a labelled loop.
func walk(ctx context.Context, db *sql.DB, ids []int) error {
outer:
	for _, id := range ids {
		for {
			if err := db.PingContext(context.Background()); err == nil { // want "GLC302"
				continue outer
			}
			if id > 0 {
				return ctx.Err()
			}
		}
	}
	return nil
}

// Two at once.
func run(ctx context.Context, name string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name)
	if err := ping(context.Background(), name); err != nil { // want "GLC302"
		return nil, err
	}
	return cmd.Output()
}

func ping(ctx context.Context, host string) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", host)
	if err != nil {
		return err
	}
	return c.Close()
}
