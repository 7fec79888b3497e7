//glc:package github.com/jmoiron/sqlx
package sqlx

import (
	"context"
	"database/sql"
)

type Queryer interface {
	Query(string, ...interface{}) (*sql.Rows, error)
	Queryx(string, ...interface{}) (*Rows, error)
	QueryRowx(string, ...interface{}) *Row
}
type QueryerContext interface {
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
	QueryxContext(context.Context, string, ...interface{}) (*Rows, error)
	QueryRowxContext(context.Context, string, ...interface{}) *Row
}
type Execer interface {
	Exec(string, ...interface{}) (sql.Result, error)
}
type ExecerContext interface {
	ExecContext(context.Context, string, ...interface{}) (sql.Result, error)
}
type Ext interface {
	Queryer
	Execer
}
type ExtContext interface {
	QueryerContext
	ExecerContext
}
type ColScanner interface {
	Columns() ([]string, error)
	Scan(...interface{}) error
	Err() error
}
type DB struct {
	*sql.DB
}

func NewDb(*sql.DB, string) *DB
func Open(string, string) (*DB, error)
func Connect(string, string) (*DB, error)
func ConnectContext(context.Context, string, string) (*DB, error)
func MustOpen(string, string) *DB
func MustConnect(string, string) *DB
func (*DB) DriverName() string
func (*DB) Unsafe() *DB
func (*DB) MapperFunc(func(string) string)
func (*DB) Rebind(string) string
func (*DB) BindNamed(string, interface{}) (string, []interface{}, error)
func (*DB) NamedQuery(string, interface{}) (*Rows, error)
func (*DB) NamedQueryContext(context.Context, string, interface{}) (*Rows, error)
func (*DB) NamedExec(string, interface{}) (sql.Result, error)
func (*DB) NamedExecContext(context.Context, string, interface{}) (sql.Result, error)
func (*DB) Select(interface{}, string, ...interface{}) error
func (*DB) SelectContext(context.Context, interface{}, string, ...interface{}) error
func (*DB) Get(interface{}, string, ...interface{}) error
func (*DB) GetContext(context.Context, interface{}, string, ...interface{}) error
func (*DB) MustBegin() *Tx
func (*DB) MustBeginTx(context.Context, *sql.TxOptions) *Tx
func (*DB) Beginx() (*Tx, error)
func (*DB) BeginTxx(context.Context, *sql.TxOptions) (*Tx, error)
func (*DB) Queryx(string, ...interface{}) (*Rows, error)
func (*DB) QueryxContext(context.Context, string, ...interface{}) (*Rows, error)
func (*DB) QueryRowx(string, ...interface{}) *Row
func (*DB) QueryRowxContext(context.Context, string, ...interface{}) *Row
func (*DB) MustExec(string, ...interface{}) sql.Result
func (*DB) MustExecContext(context.Context, string, ...interface{}) sql.Result
func (*DB) Preparex(string) (*Stmt, error)
func (*DB) PreparexContext(context.Context, string) (*Stmt, error)
func (*DB) PrepareNamed(string) (*NamedStmt, error)
func (*DB) PrepareNamedContext(context.Context, string) (*NamedStmt, error)
func (*DB) Connx(context.Context) (*Conn, error)

type Conn struct {
	*sql.Conn
}

func (*Conn) BeginTxx(context.Context, *sql.TxOptions) (*Tx, error)
func (*Conn) SelectContext(context.Context, interface{}, string, ...interface{}) error
func (*Conn) GetContext(context.Context, interface{}, string, ...interface{}) error
func (*Conn) PreparexContext(context.Context, string) (*Stmt, error)
func (*Conn) QueryxContext(context.Context, string, ...interface{}) (*Rows, error)
func (*Conn) QueryRowxContext(context.Context, string, ...interface{}) *Row
func (*Conn) Rebind(string) string

type Tx struct {
	*sql.Tx
}

func (*Tx) DriverName() string
func (*Tx) Rebind(string) string
func (*Tx) Unsafe() *Tx
func (*Tx) NamedQuery(string, interface{}) (*Rows, error)
func (*Tx) NamedExec(string, interface{}) (sql.Result, error)
func (*Tx) NamedExecContext(context.Context, string, interface{}) (sql.Result, error)
func (*Tx) Select(interface{}, string, ...interface{}) error
func (*Tx) SelectContext(context.Context, interface{}, string, ...interface{}) error
func (*Tx) Get(interface{}, string, ...interface{}) error
func (*Tx) GetContext(context.Context, interface{}, string, ...interface{}) error
func (*Tx) Queryx(string, ...interface{}) (*Rows, error)
func (*Tx) QueryxContext(context.Context, string, ...interface{}) (*Rows, error)
func (*Tx) QueryRowx(string, ...interface{}) *Row
func (*Tx) QueryRowxContext(context.Context, string, ...interface{}) *Row
func (*Tx) MustExec(string, ...interface{}) sql.Result
func (*Tx) MustExecContext(context.Context, string, ...interface{}) sql.Result
func (*Tx) Preparex(string) (*Stmt, error)
func (*Tx) PreparexContext(context.Context, string) (*Stmt, error)
func (*Tx) PrepareNamed(string) (*NamedStmt, error)
func (*Tx) PrepareNamedContext(context.Context, string) (*NamedStmt, error)
func (*Tx) Stmtx(interface{}) *Stmt
func (*Tx) NamedStmt(*NamedStmt) *NamedStmt

type Stmt struct {
	*sql.Stmt
}

func (*Stmt) Select(interface{}, ...interface{}) error
func (*Stmt) SelectContext(context.Context, interface{}, ...interface{}) error
func (*Stmt) Get(interface{}, ...interface{}) error
func (*Stmt) GetContext(context.Context, interface{}, ...interface{}) error
func (*Stmt) Queryx(...interface{}) (*Rows, error)
func (*Stmt) QueryxContext(context.Context, ...interface{}) (*Rows, error)
func (*Stmt) QueryRowx(...interface{}) *Row
func (*Stmt) QueryRowxContext(context.Context, ...interface{}) *Row
func (*Stmt) MustExec(...interface{}) sql.Result
func (*Stmt) MustExecContext(context.Context, ...interface{}) sql.Result

type NamedStmt struct {
	Params      []string
	QueryString string
	Stmt        *Stmt
}

func (*NamedStmt) Close() error
func (*NamedStmt) Exec(interface{}) (sql.Result, error)
func (*NamedStmt) ExecContext(context.Context, interface{}) (sql.Result, error)
func (*NamedStmt) Query(interface{}) (*sql.Rows, error)
func (*NamedStmt) QueryContext(context.Context, interface{}) (*sql.Rows, error)
func (*NamedStmt) Queryx(interface{}) (*Rows, error)
func (*NamedStmt) QueryxContext(context.Context, interface{}) (*Rows, error)
func (*NamedStmt) QueryRow(interface{}) *Row
func (*NamedStmt) QueryRowContext(context.Context, interface{}) *Row
func (*NamedStmt) Select(interface{}, interface{}) error
func (*NamedStmt) Get(interface{}, interface{}) error
func (*NamedStmt) SelectContext(context.Context, interface{}, interface{}) error
func (*NamedStmt) GetContext(context.Context, interface{}, interface{}) error

type Row struct{}

func (*Row) Scan(...interface{}) error
func (*Row) StructScan(interface{}) error
func (*Row) MapScan(map[string]interface{}) error
func (*Row) SliceScan() ([]interface{}, error)
func (*Row) Columns() ([]string, error)
func (*Row) Err() error

type Rows struct {
	*sql.Rows
}

func (*Rows) StructScan(interface{}) error
func (*Rows) MapScan(map[string]interface{}) error
func (*Rows) SliceScan() ([]interface{}, error)
func Select(Queryer, interface{}, string, ...interface{}) error
func Get(Queryer, interface{}, string, ...interface{}) error
func SelectContext(context.Context, QueryerContext, interface{}, string, ...interface{}) error
func GetContext(context.Context, QueryerContext, interface{}, string, ...interface{}) error
func NamedExec(Ext, string, interface{}) (sql.Result, error)
func NamedExecContext(context.Context, ExtContext, string, interface{}) (sql.Result, error)
func NamedQuery(Ext, string, interface{}) (*Rows, error)
func NamedQueryContext(context.Context, ExtContext, string, interface{}) (*Rows, error)
func Named(string, interface{}) (string, []interface{}, error)
func In(string, ...interface{}) (string, []interface{}, error)
func Rebind(int, string) string
func LoadFile(Execer, string) (*sql.Result, error)
