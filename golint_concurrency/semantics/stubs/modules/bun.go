//glc:package github.com/uptrace/bun
package bun

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun/schema"
)

type DBOption func(*DB)
type IConn interface {
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
	ExecContext(context.Context, string, ...interface{}) (sql.Result, error)
	QueryRowContext(context.Context, string, ...interface{}) *sql.Row
}
type IDB interface {
	IConn
	NewSelect() *SelectQuery
	NewInsert() *InsertQuery
	NewUpdate() *UpdateQuery
	NewDelete() *DeleteQuery
	NewRaw(string, ...interface{}) *RawQuery
	BeginTx(context.Context, *sql.TxOptions) (Tx, error)
	RunInTx(context.Context, *sql.TxOptions, func(context.Context, Tx) error) error
}
type DB struct {
	*sql.DB
}

func NewDB(*sql.DB, schema.Dialect, ...DBOption) *DB
func (*DB) NewSelect() *SelectQuery
func (*DB) NewInsert() *InsertQuery
func (*DB) NewUpdate() *UpdateQuery
func (*DB) NewDelete() *DeleteQuery
func (*DB) NewRaw(string, ...any) *RawQuery
func (*DB) Exec(string, ...any) (sql.Result, error)
func (*DB) ExecContext(context.Context, string, ...any) (sql.Result, error)
func (*DB) Query(string, ...any) (*sql.Rows, error)
func (*DB) QueryContext(context.Context, string, ...any) (*sql.Rows, error)
func (*DB) QueryRow(string, ...any) *sql.Row
func (*DB) QueryRowContext(context.Context, string, ...any) *sql.Row
func (*DB) Begin() (Tx, error)
func (*DB) BeginTx(context.Context, *sql.TxOptions) (Tx, error)
func (*DB) RunInTx(context.Context, *sql.TxOptions, func(context.Context, Tx) error) error
func (*DB) Conn(context.Context) (Conn, error)
func (*DB) Close() error
func (*DB) ScanRows(context.Context, *sql.Rows, ...any) error
func (*DB) RegisterModel(...any)

type Conn struct {
	*sql.Conn
}

func (Conn) ExecContext(context.Context, string, ...any) (sql.Result, error)
func (Conn) QueryContext(context.Context, string, ...any) (*sql.Rows, error)
func (Conn) QueryRowContext(context.Context, string, ...any) *sql.Row
func (Conn) NewSelect() *SelectQuery
func (Conn) BeginTx(context.Context, *sql.TxOptions) (Tx, error)

type Tx struct {
	*sql.Tx
}

func (Tx) Commit() error
func (Tx) Rollback() error
func (Tx) Exec(string, ...any) (sql.Result, error)
func (Tx) ExecContext(context.Context, string, ...any) (sql.Result, error)
func (Tx) Query(string, ...any) (*sql.Rows, error)
func (Tx) QueryContext(context.Context, string, ...any) (*sql.Rows, error)
func (Tx) QueryRow(string, ...any) *sql.Row
func (Tx) QueryRowContext(context.Context, string, ...any) *sql.Row
func (Tx) NewSelect() *SelectQuery
func (Tx) NewInsert() *InsertQuery
func (Tx) NewUpdate() *UpdateQuery
func (Tx) NewDelete() *DeleteQuery
func (Tx) RunInTx(context.Context, *sql.TxOptions, func(context.Context, Tx) error) error

type SelectQuery struct{}

func (*SelectQuery) Conn(IConn) *SelectQuery
func (*SelectQuery) Model(any) *SelectQuery
func (*SelectQuery) Distinct() *SelectQuery
func (*SelectQuery) Column(...string) *SelectQuery
func (*SelectQuery) ColumnExpr(string, ...any) *SelectQuery
func (*SelectQuery) TableExpr(string, ...any) *SelectQuery
func (*SelectQuery) ModelTableExpr(string, ...any) *SelectQuery
func (*SelectQuery) Join(string, ...any) *SelectQuery
func (*SelectQuery) JoinOn(string, ...any) *SelectQuery
func (*SelectQuery) Where(string, ...any) *SelectQuery
func (*SelectQuery) WhereOr(string, ...any) *SelectQuery
func (*SelectQuery) Having(string, ...any) *SelectQuery
func (*SelectQuery) OrderExpr(string, ...any) *SelectQuery
func (*SelectQuery) GroupExpr(string, ...any) *SelectQuery
func (*SelectQuery) For(string, ...any) *SelectQuery
func (*SelectQuery) Table(...string) *SelectQuery
func (*SelectQuery) Group(...string) *SelectQuery
func (*SelectQuery) Order(...string) *SelectQuery
func (*SelectQuery) WherePK(...string) *SelectQuery
func (*SelectQuery) Relation(string, ...func(*SelectQuery) *SelectQuery) *SelectQuery
func (*SelectQuery) Limit(int64) *SelectQuery
func (*SelectQuery) Offset(int64) *SelectQuery
func (*SelectQuery) Scan(context.Context, ...any) error
func (*SelectQuery) Exec(context.Context, ...any) (sql.Result, error)
func (*SelectQuery) Count(context.Context) (int64, error)
func (*SelectQuery) ScanAndCount(context.Context, ...any) (int64, error)
func (*SelectQuery) Exists(context.Context) (bool, error)
func (*SelectQuery) Rows(context.Context) (*sql.Rows, error)

type InsertQuery struct{}

func (*InsertQuery) Model(any) *InsertQuery
func (*InsertQuery) On(string, ...any) *InsertQuery
func (*InsertQuery) Set(string, ...any) *InsertQuery
func (*InsertQuery) Returning(string, ...any) *InsertQuery
func (*InsertQuery) Where(string, ...any) *InsertQuery
func (*InsertQuery) Column(...string) *InsertQuery
func (*InsertQuery) ExcludeColumn(...string) *InsertQuery
func (*InsertQuery) Value(string, string, ...any) *InsertQuery
func (*InsertQuery) Ignore() *InsertQuery
func (*InsertQuery) Scan(context.Context, ...any) error
func (*InsertQuery) Exec(context.Context, ...any) (sql.Result, error)

type UpdateQuery struct{}

func (*UpdateQuery) Model(any) *UpdateQuery
func (*UpdateQuery) Set(string, ...any) *UpdateQuery
func (*UpdateQuery) Where(string, ...any) *UpdateQuery
func (*UpdateQuery) WhereOr(string, ...any) *UpdateQuery
func (*UpdateQuery) Returning(string, ...any) *UpdateQuery
func (*UpdateQuery) Column(...string) *UpdateQuery
func (*UpdateQuery) ExcludeColumn(...string) *UpdateQuery
func (*UpdateQuery) WherePK(...string) *UpdateQuery
func (*UpdateQuery) OmitZero() *UpdateQuery
func (*UpdateQuery) Bulk() *UpdateQuery
func (*UpdateQuery) Scan(context.Context, ...any) error
func (*UpdateQuery) Exec(context.Context, ...any) (sql.Result, error)

type DeleteQuery struct{}

func (*DeleteQuery) Model(any) *DeleteQuery
func (*DeleteQuery) Where(string, ...any) *DeleteQuery
func (*DeleteQuery) WhereOr(string, ...any) *DeleteQuery
func (*DeleteQuery) Returning(string, ...any) *DeleteQuery
func (*DeleteQuery) WherePK(...string) *DeleteQuery
func (*DeleteQuery) ForceDelete() *DeleteQuery
func (*DeleteQuery) Scan(context.Context, ...any) error
func (*DeleteQuery) Exec(context.Context, ...any) (sql.Result, error)

type RawQuery struct{}

func (*RawQuery) Scan(context.Context, ...any) error
func (*RawQuery) Exec(context.Context, ...any) (sql.Result, error)
func In(any) schema.QueryAppender
