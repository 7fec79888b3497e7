package calls

import (
	"context"
	"database/sql"
	"errors"
	"net/url"

	"github.com/jmoiron/sqlx"
)

func (s *Store) WithContext(ctx context.Context, id int64) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "delete from users where id = $1", id); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Store) Healthy2(ctx context.Context) error { return s.db.PingContext(ctx) }

func ExtendedContext(ctx context.Context, db *sqlx.DB) (n int, err error) {
	err = db.GetContext(ctx, &n, "select 1")
	return n, err
}

// A type of one's own.
type index struct{}

func (index) Query(words string) []string { return nil }
func (index) Exec(command string) error   { return errors.New(command) }
func (index) Ping() error                 { return nil }

func Search(ctx context.Context, words string) []string {
	var i index
	if i.Ping() != nil || i.Exec("refresh") != nil {
		return nil
	}
	return i.Query(words)
}

func Address(ctx context.Context, u *url.URL) string { return u.Query().Get("q") }

// Its own methods of that name mean something else.
type named struct {
	*sql.DB
}

func (n named) QueryContext(ctx context.Context, name string) error { return ctx.Err() }
func (n named) Query(name string) error                             { return errors.New(name) }

func Named(ctx context.Context, n named) error { return n.Query("users") }

type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
}

func Through(ctx context.Context, q querier) error {
	rows, err := q.Query("select 1")
	if err != nil {
		return err
	}
	return rows.Close()
}

func Finish(ctx context.Context, tx *sql.Tx, rows *sql.Rows, n *int) error {
	if err := rows.Scan(n); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return errors.Join(rows.Close(), tx.Commit())
}

func Maybe(ctx context.Context, db *sql.DB) error {
	if ctx != nil {
		_, err := db.ExecContext(ctx, "update a set b = 1")
		return err
	} else {
		_, err := db.Exec("update a set b = 1")
		return err
	}
}
