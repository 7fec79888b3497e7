package rows

import (
	"context"
	"database/sql"
	"errors"
	"log"

	x "github.com/jmoiron/sqlx"
)

var errTooMany = errors.New("too many")

type Store struct {
	db *sql.DB
}

func (s *Store) EarlyReturn(ctx context.Context) ([]int, error) {
	rows, err := s.db.QueryContext(ctx, "select id from t") // want "GLC705 .*rows.Close"
	if err != nil {
		return nil, err
	}
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func FirstOnly(db *sql.DB) (id int, err error) {
	rows, err := db.Query("select id from t") // want "GLC705"
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&id)
	}
	return id, err
}

func BreakOut(db *sql.DB) error {
	rows, err := db.Query("select id from t") // want "GLC705"
	if err != nil {
		return err
	}
	n := 0
	for rows.Next() {
		n++
		if n > 10 {
			break
		}
	}
	return nil
}

func CloseOnSuccess(db *sql.DB, limit int) error {
	rows, err := db.Query("select id from t") // want "GLC705"
	if err != nil {
		log.Println(err)
		return err
	}
	if limit == 0 {
		return errTooMany
	}
	return rows.Close()
}

func Extended(db *x.DB) error {
	rows, err := db.Queryx("select id from t") // want "GLC705"
	if err != nil {
		return err
	}
	for rows.Next() {
		if scanOne(rows) {
			return nil
		}
	}
	return rows.Err()
}

func scanOne(rows *x.Rows) bool {
	var id int
	return rows.Scan(&id) == nil
}

func ThrownAway(db *sql.DB) error {
	_, err := db.Query("delete from t") // want "GLC705 .*Exec"
	return err
}

func NotEvenNamed(db *sql.DB) {
	db.Query("delete from t") // want "GLC705 .*Exec"
}

func Prepared(db *sql.DB, ids []int) error {
	stmt, err := db.Prepare("delete from t where id = ?") // want "GLC705 .*stmt.Close"
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := stmt.Exec(id); err != nil {
			return err
		}
	}
	return nil
}

func InLoop(db *sql.DB, names []string) error {
	for _, name := range names {
		rows, err := db.Query("select id from t where name = ?", name) // want "GLC705"
		if err != nil {
			return err
		}
		if !rows.Next() {
			continue
		}
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		rows.Close()
	}
	return nil
}

func Closure(db *sql.DB) func() error {
	return func() error {
		rows, err := db.Query("select 1") // want "GLC705"
		if err != nil {
			return err
		}
		if rows.Next() {
			return nil
		}
		return rows.Err()
	}
}
