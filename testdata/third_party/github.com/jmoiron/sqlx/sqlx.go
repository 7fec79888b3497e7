// Package sqlx stands in for the module of that name: what the testdata compiles against.
package sqlx

import (
	"context"
	"database/sql"
)

type DB struct {
	*sql.DB
}

type Tx struct {
	*sql.Tx
}

type Rows struct {
	*sql.Rows
}

func Open(driver, dsn string) (*DB, error)    { return nil, nil }
func Connect(driver, dsn string) (*DB, error) { return nil, nil }
func MustConnect(driver, dsn string) *DB      { return nil }
func MustOpen(driver, dsn string) *DB         { return nil }
func NewDb(db *sql.DB, driver string) *DB     { return &DB{db} }

func ConnectContext(ctx context.Context, driver, dsn string) (*DB, error) { return nil, nil }

func (db *DB) Get(dest any, query string, args ...any) error    { return nil }
func (db *DB) Select(dest any, query string, args ...any) error { return nil }

func (db *DB) GetContext(ctx context.Context, dest any, query string, args ...any) error {
	return nil
}

func (db *DB) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	return nil
}

func (db *DB) Queryx(query string, args ...any) (*Rows, error) { return nil, nil }

func (db *DB) QueryxContext(ctx context.Context, query string, args ...any) (*Rows, error) {
	return nil, nil
}

func (db *DB) Beginx() (*Tx, error) { return nil, nil }

func (db *DB) BeginTxx(ctx context.Context, opts *sql.TxOptions) (*Tx, error) { return nil, nil }

func (db *DB) MustBegin() *Tx { return nil }

func (db *DB) MustBeginTx(ctx context.Context, opts *sql.TxOptions) *Tx { return nil }

func (db *DB) NamedExec(query string, arg any) (sql.Result, error) { return nil, nil }

func (db *DB) NamedExecContext(ctx context.Context, query string, arg any) (sql.Result, error) {
	return nil, nil
}
