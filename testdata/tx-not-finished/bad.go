package tx

import (
	"context"
	"database/sql"
	"errors"

	x "github.com/jmoiron/sqlx"
)

var errSoldOut = errors.New("sold out")

type Store struct {
	db *sql.DB
}

func (s *Store) Book(ctx context.Context, seats int) error {
	tx, err := s.db.BeginTx(ctx, nil) // want "GLC707 .*tx.Rollback"
	if err != nil {
		return err
	}
	if seats == 0 {
		return errSoldOut
	}
	return tx.Commit()
}

func ExecFails(db *sql.DB) error {
	tx, err := db.Begin() // want "GLC707"
	if err != nil {
		return err
	}
	_, err = tx.Exec("update t set a = 1")
	if err != nil {
		return err
	}
	return tx.Commit()
}

func ForgottenInLoop(db *sql.DB, ids []int) error {
	tx, err := db.Begin() // want "GLC707"
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.Exec("update t set a = ?", id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func Never(db *sql.DB) error {
	tx, err := db.Begin() // want "GLC707"
	if err != nil {
		return err
	}
	_, err = tx.Exec("update t set a = 1")
	return err
}

func Helper(db *sql.DB) error {
	tx, err := db.Begin() // want "GLC707"
	if err != nil {
		return err
	}
	if err := insert(tx, 1); err != nil {
		return err
	}
	return tx.Commit()
}

func insert(tx *sql.Tx, id int) error {
	_, err := tx.Exec("insert into t values (?)", id)
	return err
}

func Extended(db *x.DB, stop bool) error {
	tx, err := db.Beginx() // want "GLC707"
	if err != nil {
		return err
	}
	if stop {
		return nil
	}
	return tx.Commit()
}

func EachOne(db *sql.DB, ids []int) error {
	for _, id := range ids {
		work, err := db.Begin() // want "GLC707 .*work.Rollback"
		if err != nil {
			return err
		}
		if id < 0 {
			continue
		}
		if err := work.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func Closure(db *sql.DB) func(int) error {
	return func(n int) error {
		tx, err := db.Begin() // want "GLC707"
		if err != nil {
			return err
		}
		switch n {
		case 0:
			return tx.Rollback()
		case 1:
			return tx.Commit()
		}
		return nil
	}
}

func FromConn(ctx context.Context, conn *sql.Conn, stop bool) error {
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ // want "GLC707"
		ReadOnly: true,
	})
	if err != nil {
		return err
	}
	if stop {
		return errSoldOut
	}
	return tx.Commit()
}
