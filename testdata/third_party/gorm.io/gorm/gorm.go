// Package gorm stands in for the module of that name: what the testdata compiles against.
package gorm

import (
	"context"
	"database/sql"
)

type Dialector interface {
	Name() string
}

type Option interface {
	Apply(*Config) error
}

type Config struct {
	DryRun   bool
	ConnPool any
}

func (c *Config) Apply(*Config) error { return nil }

type DB struct {
	*Config
	Error error
}

func Open(dialector Dialector, opts ...Option) (*DB, error) { return nil, nil }

func (db *DB) DB() (*sql.DB, error)                { return nil, nil }
func (db *DB) Find(dest any, conds ...any) *DB     { return db }
func (db *DB) Create(value any) *DB                { return db }
func (db *DB) Where(query any, args ...any) *DB    { return db }
func (db *DB) Exec(sql string, values ...any) *DB  { return db }
func (db *DB) Begin(opts ...*sql.TxOptions) *DB    { return &DB{} }
func (db *DB) Commit() *DB                         { return db }
func (db *DB) Rollback() *DB                       { return db }
func (db *DB) Model(value any) *DB                 { return db }
func (db *DB) Update(column string, value any) *DB { return db }
func (db *DB) Rows() (*sql.Rows, error)            { return nil, nil }

func (db *DB) WithContext(ctx context.Context) *DB { return db }

func (db *DB) ScanRows(rows *sql.Rows, dest any) error { return nil }

func (db *DB) Transaction(fc func(tx *DB) error, opts ...*sql.TxOptions) error { return fc(&DB{}) }
