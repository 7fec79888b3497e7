package unbounded

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// Opened, used and closed by one caller: no load arises.
func migrate(ctx context.Context, dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "create table if not exists t (id bigint)")
	return err
}

func reachable(dsn string) bool {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return false
	}
	err = db.Ping()
	db.Close()
	return err == nil
}

func inMemory() (*sql.DB, error) {
	return sql.Open("sqlite3", ":memory:")
}

const embedded = "sqlite"

func embeddedFile(path string) (*sql.DB, error) {
	return sql.Open(embedded, path)
}

// The pool exists already.
func around(d gorm.Dialector, db *sql.DB) (*gorm.DB, error) {
	return gorm.Open(d, &gorm.Config{ConnPool: db})
}

type opener struct{}

func (opener) Open(name, dsn string) (*sql.DB, error) { return nil, nil }

// Not the package: a variable of its name.
func shadowed(dsn string) (*sql.DB, error) {
	sql := opener{}
	return sql.Open("postgres", dsn)
}
