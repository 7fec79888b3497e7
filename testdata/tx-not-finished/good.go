package tx

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

func Deferred(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("update t set a = 1"); err != nil {
		return err
	}
	return tx.Commit()
}

func EveryPath(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err = tx.Exec("update t set a = 1"); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func InClosure(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.Exec("update t set a = 1")
	return err
}

func FinishedByHelper(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	_, err = tx.Exec("update t set a = 1")
	return finish(tx, err)
}

func finish(tx *sql.Tx, err error) error {
	if err != nil {
		return tx.Rollback()
	}
	return tx.Commit()
}

type session struct {
	tx *sql.Tx
}

func Stored(db *sql.DB) (*session, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	return &session{tx}, nil
}

func Returned(db *sql.DB) (*sql.Tx, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return tx, nil
}

func GivenAway(db *sql.DB, use func(*sql.Tx) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	return use(tx)
}

func Bounded(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if parent.Err() != nil {
		return parent.Err()
	}
	return tx.Commit()
}

func ErrorHandedOn(db *sql.DB) error {
	tx, err := db.Begin()
	wrapped := wrap(err)
	if wrapped != nil {
		return wrapped
	}
	return tx.Commit()
}

func wrap(err error) error { return err }

func InTurn(db *sql.DB, ids []int) error {
	for range ids {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

type queue struct{}

func (queue) Begin() (*session, error) { return nil, nil }

func SomethingElse(q queue) error {
	s, err := q.Begin()
	if err != nil {
		return err
	}
	_ = s
	return nil
}
