package rows

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5/pgxpool"
)

func Checked(db *sql.DB) ([]int64, error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("orders: %w", err)
	}
	return ids, nil
}

func ClosedFirst(db *sql.DB) error {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := work(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	return rows.Err()
}

func CheckedByDefer(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return 0, err
	}
	defer func() {
		if e := rows.Err(); e != nil && err == nil {
			err = e
		}
		rows.Close()
	}()
	for rows.Next() {
		n++
	}
	return n, nil
}

func CheckedByHelper(db *sql.DB) (int, error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, finish(rows)
}

func finish(rows *sql.Rows) error {
	return errors.Join(rows.Close(), rows.Err())
}

// The caller looks at the error.
func each(rows *sql.Rows, f func(int64)) error {
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		f(id)
	}
	return nil
}

func Each(db *sql.DB, f func(int64)) error {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := each(rows, f); err != nil {
		return err
	}
	return rows.Err()
}

type iterator struct {
	rows *sql.Rows
}

func (it *iterator) drain() (n int) {
	for it.rows.Next() {
		n++
	}
	return n
}

func Given(db *sql.DB) (*iterator, error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		if err := work(rows); err != nil {
			break
		}
	}
	return &iterator{rows}, nil
}

// Not a loop over the rows: there is one, or none.
func One(db *sql.DB, ids []int64) error {
	for _, id := range ids {
		rows, err := db.Query("select name from orders where id = ?", id)
		if err != nil {
			return err
		}
		if !rows.Next() {
			rows.Close()
			continue
		}
		err = work(rows)
		rows.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

type cursor struct{ left int }

func (c *cursor) Next() bool { c.left--; return c.left >= 0 }

func (c *cursor) Err() error { return io.EOF }

func NoDatabase() int {
	rows := &cursor{left: 3}
	n := 0
	for rows.Next() {
		n++
	}
	return n
}

func Switched(ctx context.Context, pool *pgxpool.Pool) error {
	rows, err := pool.Query(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
	}
	switch err := rows.Err(); {
	case errors.Is(err, context.Canceled):
		return nil
	default:
		return err
	}
}

func OnlyFirst(db *sql.DB) error {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		return work(rows)
	}
	return rows.Err()
}
