package rows

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

func Deferred(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		return nil
	}
	return rows.Err()
}

func DeferredInClosure(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	if err != nil {
		return err
	}
	defer func() {
		_ = rows.Close()
	}()
	if rows.Next() {
		return nil
	}
	return rows.Err()
}

func Drained(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select id from t")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func ClosedByHelper(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	if err != nil {
		return err
	}
	return collect(rows)
}

func collect(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func Returned(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("select id from t")
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	return rows, nil
}

type cursor struct {
	rows *sql.Rows
}

func Stored(db *sql.DB) (*cursor, error) {
	rows, err := db.Query("select id from t")
	if err != nil {
		return nil, err
	}
	return &cursor{rows: rows}, nil
}

func KnownErrors(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	switch {
	case err == sql.ErrNoRows:
		return nil
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return err
	}
	return rows.Close()
}

func OwnTest(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	if failed(err) {
		return err
	}
	defer rows.Close()
	return nil
}

func failed(err error) bool { return err != nil }

func Wrapped(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	err = wrap(err)
	if err != nil {
		return err
	}
	defer rows.Close()
	return nil
}

func wrap(err error) error { return err }

func OneOfTwo(db *sql.DB, all bool) error {
	var rows *sql.Rows
	var err error
	if all {
		rows, err = db.Query("select id from t")
	} else {
		rows, err = db.Query("select id from t where x")
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	return nil
}

func NilRows(db *sql.DB) error {
	rows, err := db.Query("select id from t")
	if rows == nil {
		return err
	}
	return rows.Close()
}

func OnlyIfFine(db *sql.DB) {
	if rows, err := db.Query("select id from t"); err == nil {
		rows.Close()
	}
}

func Bounded(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select id from t")
	if err != nil {
		return err
	}
	if rows.Next() {
		return nil
	}
	return rows.Err()
}

func OnTransaction(tx *sql.Tx) error {
	stmt, err := tx.Prepare("delete from t")
	if err != nil {
		return err
	}
	_, err = stmt.Exec()
	return err
}

func SingleRow(db *sql.DB) (id int, err error) {
	err = db.QueryRow("select id from t").Scan(&id)
	return id, err
}

type notDB struct{}

func (notDB) Query(string) (*cursor, error) { return nil, nil }

func SomethingElse(n notDB) error {
	c, err := n.Query("x")
	_ = c
	return err
}

// The end of the transaction closes its rows.
func RowsOfTransaction(tx *sql.Tx) (bool, error) {
	rows, err := tx.Query("select id from t")
	if err != nil {
		return false, err
	}
	var id int
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return false, err
		}
	}
	return id > 0, rows.Err()
}
