package queries

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

func (s *Store) ReadFirst(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.mark(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) OtherPool(ctx context.Context) error {
	rows, err := s.reader.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := s.mark(ctx, id); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) ClosedBefore(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "select id from orders limit 1")
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		rows.Close()
		return s.mark(ctx, id)
	}
	return rows.Err()
}

func (s *Store) InTransaction(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		_ = s.db.PingContext(ctx)
		return err
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := tx.ExecContext(ctx, "select 1"); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (s *Store) Finished(ctx context.Context, id int) error {
	if err := s.mark(ctx, id); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "delete from orders"); err != nil {
		_ = tx.Rollback()
		return s.exec(ctx, "insert into failures values (?)", id)
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return s.mark(ctx, id)
}

// Uses the transaction if there is one.
func (s *Store) run(ctx context.Context, tx *sql.Tx, query string) (err error) {
	if tx != nil {
		_, err = tx.ExecContext(ctx, query)
		return err
	}
	_, err = s.db.ExecContext(ctx, query)
	return err
}

func (s *Store) HandedOn(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := s.run(ctx, tx, "delete from orders"); err != nil {
		return err
	}
	if err := finish(tx); err != nil {
		return err
	}
	return s.run(ctx, nil, "vacuum")
}

func finish(tx *sql.Tx) error { return tx.Commit() }

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// May be a transaction.
func Unknown(ctx context.Context, db querier) error {
	rows, err := db.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := db.ExecContext(ctx, "select 1"); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) Elsewhere(ctx context.Context, ids chan<- int) error {
	rows, err := s.db.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		go s.mark(ctx, 0)
	}
	return rows.Err()
}

func GormInside(db *gorm.DB) error {
	return db.Transaction(func(db *gorm.DB) error {
		if err := db.Create("x").Error; err != nil {
			return err
		}
		return db.Where("id = ?", 1).Update("n", 2).Error
	})
}

func GormHandle(db *gorm.DB) error {
	rows, err := db.Model("users").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var user string
		if err := db.ScanRows(rows, &user); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *service) Right(ctx context.Context, id int) error {
	return s.store.inTx(ctx, func(tx *sql.Tx) error {
		rows, err := s.store.reader.QueryContext(ctx, "select 1")
		if err != nil {
			return err
		}
		defer rows.Close()
		return s.store.run(ctx, tx, "delete from orders")
	})
}

func Other(db, other *sql.DB) error {
	return with(db, func(tx *sql.Tx) error {
		_, err := other.Exec("vacuum")
		return err
	})
}

func Unseen(db *sql.DB, begin func(func(*sql.Tx) error) error) error {
	return begin(func(tx *sql.Tx) error {
		_, err := db.Exec("vacuum")
		return err
	})
}
