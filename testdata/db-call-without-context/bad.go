package calls

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"

	"github.com/jmoiron/sqlx"
)

type Store struct {
	db   *sql.DB
	stmt *sql.Stmt
}

func (s *Store) Rename(ctx context.Context, id int64, name string) error {
	_, err := s.db.Exec("update users set name = $1 where id = $2", name, id) // want "GLC703 the database works on after ctx is done, .*s.db.ExecContext.ctx, "
	return err
}

func (s *Store) Name(w http.ResponseWriter, r *http.Request) {
	var name string
	err := s.db.QueryRow("select name from users where id = $1", r.FormValue("id")).Scan(&name) // want "GLC703 .*after r.Context.. is done"
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	fmt.Fprint(w, name)
}

func (s *Store) Names(ctx context.Context) (*sql.Rows, error) {
	return s.db.Query("select name from users") // want "GLC703"
}

func (s *Store) Delete(ctx context.Context, id int64) error {
	tx, err := s.db.Begin() // want "GLC703 .*BeginTx"
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("delete from users where id = $1", id); err != nil { // want "GLC703"
		return err
	}
	return tx.Commit()
}

func (s *Store) Prepare(ctx context.Context) (err error) {
	s.stmt, err = s.db.Prepare("select 1") // want "GLC703"
	return err
}

func (s *Store) Prepared(ctx context.Context, args ...any) error {
	_, err := s.stmt.Exec(args...) // want "GLC703"
	return err
}

func (s *Store) Healthy(ctx context.Context) bool {
	return s.db.Ping() == nil // want "GLC703"
}

// Without a context there is nothing to pass.
func (s *Store) Count() (n int, err error) {
	err = s.db.QueryRow("select count(*) from users").Scan(&n) // want "GLC703 nothing ends this call .*s.db.QueryRowContext"
	return n, err
}

// The rows outlive the context.
func (s *Store) Outlive() (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return s.rows(ctx)
}

func (s *Store) rows(parent context.Context) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	_ = ctx
	return s.db.Query("select 1") // want "GLC703"
}

func (s *Store) Later(ctx context.Context) {
	go func() {
		_, _ = s.db.Exec("vacuum") // want "GLC703 nothing ends"
	}()
	defer s.db.Exec("delete from sessions") // want "GLC703 nothing ends"
}

func Extended(ctx context.Context, db *sqlx.DB) (names []string, err error) {
	if err := db.Select(&names, "select name from users"); err != nil { // want "GLC703 .*db.SelectContext"
		return nil, err
	}
	var n int
	if err := db.Get(&n, "select count(*) from users"); err != nil { // want "GLC703 .*db.GetContext"
		return nil, err
	}
	_, err = db.NamedExec("insert into counts values (:n)", map[string]any{"n": n}) // want "GLC703"
	if err != nil {
		return nil, err
	}
	tx := db.MustBegin() // want "GLC703 .*MustBeginTx"
	return names, tx.Commit()
}

type wrapped struct{ *sql.DB }

func Wrapped(ctx context.Context, db wrapped) error {
	_, err := db.Exec("vacuum") // want "GLC703"
	return err
}

func (s *Store) each(work func() error) error { return work() }

func (s *Store) Around(ctx context.Context) error {
	return s.each(func() error {
		_, err := s.db.Exec("vacuum") // want "GLC703 .*after ctx is done"
		return err
	})
}

// Texts that are put together: gofmt writes them closer where there are two arguments.
func Joined(ctx context.Context, db *sql.DB, table string, names []string) (*sql.Rows, error) {
	if _, err := db.Exec("truncate " + table + "_old"); err != nil { // want "GLC703"
		return nil, err
	}
	if _, err := db.Exec("select " + // want "GLC703"
		"1 from " + table); err != nil {
		return nil, err
	}
	if _, err := db.Exec(string("drop table " + (table + "_new"))); err != nil { // want "GLC703"
		return nil, err
	}
	return db.Query("select 1 from " + names[len(names)-1]) // want "GLC703"
}
