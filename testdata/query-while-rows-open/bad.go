package queries

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type Store struct {
	db     *sql.DB
	reader *sql.DB
}

func (s *Store) Orders(ctx context.Context) (total int, err error) {
	rows, err := s.db.QueryContext(ctx, "select id from orders")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, n int
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		row := s.db.QueryRowContext(ctx, "select count(*) from items where id = ?", id) // want "GLC708 this query needs a second connection while rows holds one"
		if err := row.Scan(&n); err != nil {
			return 0, err
		}
		total += n
	}
	return total, rows.Err()
}

func (s *Store) Viewed(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := s.mark(ctx, id); err != nil { // want "GLC708 this calls sql.DB.ExecContext, which needs"
			return err
		}
	}
	return rows.Err()
}

func (s *Store) mark(ctx context.Context, id int) error {
	return s.exec(ctx, "update orders set viewed = true where id = ?", id)
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.db.ExecContext(ctx, query, args...)
	return err
}

var global *sql.DB

func Global() error {
	rows, err := global.Query("select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		remove(id) // want "GLC708 this calls sql.DB.Exec"
	}
	return rows.Err()
}

func remove(id int) {
	_, _ = global.Exec("delete from orders where id = ?", id)
}

func Extended(ctx context.Context, db *sqlx.DB) error {
	rows, err := db.QueryxContext(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, n int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		err := db.GetContext(ctx, &n, "select count(*) from items where id = ?", id) // want "GLC708"
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

func Postgres(ctx context.Context, pool *pgxpool.Pool) error {
	rows, err := pool.Query(ctx, "select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		func() {
			_, err = pool.Exec(ctx, "update orders set seen = true where id = $1", id) // want "GLC708"
		}()
	}
	return rows.Err()
}

// ------------------------------------------------------------------ transactions

var errSoldOut = errors.New("sold out")

func (s *Store) Book(ctx context.Context, id int) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "update seats set free = free - 1"); err != nil {
		return err
	}
	var free int
	err = s.db.QueryRowContext(ctx, "select free from seats").Scan(&free) // want "GLC708 .*while the transaction holds one, and does not see .*use tx"
	if err != nil {
		return err
	}
	if free < 0 {
		return errSoldOut
	}
	return tx.Commit()
}

func (s *Store) Audited(ctx context.Context, id int) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "delete from orders where id = ?", id); err != nil {
		_ = s.exec(ctx, "insert into failures values (?)", id) // want "GLC708 this calls sql.DB.ExecContext"
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func Gorm(db *gorm.DB, names []string) error {
	return db.Transaction(func(tx *gorm.DB) error {
		for _, name := range names {
			if err := tx.Create(name).Error; err != nil {
				return err
			}
		}
		return db.Where("name = ?", "total").Update("n", len(names)).Error // want "GLC708 .*use tx"
	})
}

type repo struct{ db *gorm.DB }

func (r *repo) Rename(ctx context.Context, name string) error {
	tx := r.db.WithContext(ctx).Begin()
	if tx.Error != nil {
		return tx.Error
	}
	defer tx.Rollback()
	if err := tx.Update("name", name).Error; err != nil {
		return err
	}
	r.touch(ctx) // want "GLC708 this calls gorm.DB.Update"
	return tx.Commit().Error
}

func (r *repo) touch(ctx context.Context) {
	r.db.WithContext(ctx).Model("users").Update("touched", true)
}

func (r *repo) Each(ctx context.Context) error {
	rows, err := r.db.WithContext(ctx).Model("users").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var user string
		if err := r.db.ScanRows(rows, &user); err != nil {
			return err
		}
		if err := r.db.WithContext(ctx).Create(user).Error; err != nil { // want "GLC708"
			return err
		}
	}
	return rows.Err()
}

// ------------------------------------------------------------------- helpers

func (s *Store) inTx(ctx context.Context, work func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

type service struct{ store *Store }

func (s *service) Move(ctx context.Context, id int) error {
	return s.store.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "delete from orders where id = ?", id); err != nil {
			return err
		}
		return s.store.mark(ctx, id) // want "GLC708 this calls sql.DB.ExecContext, .*transaction holds one"
	})
}

func with(db *sql.DB, work func(*sql.Tx) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	return errors.Join(work(tx), tx.Commit())
}

func With(db *sql.DB) error {
	return with(db, func(tx *sql.Tx) error {
		_, err := db.Exec("vacuum") // want "GLC708 this query"
		return err
	})
}

func BeginFunc(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		_, err := pool.Exec(ctx, "vacuum") // want "GLC708 this query"
		return err
	})
}
