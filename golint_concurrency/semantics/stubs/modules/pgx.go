//glc:package github.com/jackc/pgx/v5
package pgx

import (
	"context"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

type TxIsoLevel string
type TxAccessMode string
type TxOptions struct {
	IsoLevel                TxIsoLevel
	AccessMode              TxAccessMode
	BeginQuery, CommitQuery string
}
type Identifier []string

func (Identifier) Sanitize() string

type NamedArgs map[string]any
type Tx interface {
	Begin(context.Context) (Tx, error)
	Commit(context.Context) error
	Rollback(context.Context) error
	CopyFrom(context.Context, Identifier, []string, CopyFromSource) (int64, error)
	SendBatch(context.Context, *Batch) BatchResults
	Prepare(context.Context, string, string) (*pgconn.StatementDescription, error)
	Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
	Query(context.Context, string, ...any) (Rows, error)
	QueryRow(context.Context, string, ...any) Row
	Conn() *Conn
}
type Rows interface {
	Close()
	Err() error
	CommandTag() pgconn.CommandTag
	FieldDescriptions() []pgconn.FieldDescription
	Next() bool
	Scan(...any) error
	Values() ([]any, error)
	RawValues() [][]byte
	Conn() *Conn
}
type Row interface {
	Scan(...any) error
}
type CopyFromSource interface {
	Next() bool
	Values() ([]any, error)
	Err() error
}

func CopyFromRows([][]any) CopyFromSource
func CopyFromSlice(int, func(int) ([]any, error)) CopyFromSource

type QueuedQuery struct {
	SQL       string
	Arguments []any
}
type Batch struct {
	QueuedQueries []*QueuedQuery
}

func (*Batch) Queue(string, ...any) *QueuedQuery
func (*Batch) Len() int

type BatchResults interface {
	Exec() (pgconn.CommandTag, error)
	Query() (Rows, error)
	QueryRow() Row
	Close() error
}
type CollectableRow interface {
	FieldDescriptions() []pgconn.FieldDescription
	Scan(...any) error
	Values() ([]any, error)
	RawValues() [][]byte
}
type RowToFunc[T any] func(CollectableRow) (T, error)

func CollectRows[T any](Rows, RowToFunc[T]) ([]T, error)
func CollectOneRow[T any](Rows, RowToFunc[T]) (T, error)
func CollectExactlyOneRow[T any](Rows, RowToFunc[T]) (T, error)
func RowTo[T any](CollectableRow) (T, error)
func RowToStructByName[T any](CollectableRow) (T, error)
func RowToStructByPos[T any](CollectableRow) (T, error)
func RowToStructByNameLax[T any](CollectableRow) (T, error)
func RowToAddrOf[T any](CollectableRow) (*T, error)
func RowToAddrOfStructByName[T any](CollectableRow) (*T, error)
func RowToAddrOfStructByPos[T any](CollectableRow) (*T, error)
func RowToMap(CollectableRow) (map[string]any, error)
func ForEachRow(Rows, []any, func() error) (pgconn.CommandTag, error)

type ConnConfig struct {
	pgconn.Config
	Tracer                                           QueryTracer
	StatementCacheCapacity, DescriptionCacheCapacity int
	DefaultQueryExecMode                             QueryExecMode
}

func (*ConnConfig) Copy() *ConnConfig
func (*ConnConfig) ConnString() string

type QueryExecMode int32
type QueryTracer interface {
	TraceQueryStart(context.Context, *Conn, TraceQueryStartData) context.Context
	TraceQueryEnd(context.Context, *Conn, TraceQueryEndData)
}
type TraceQueryStartData struct {
	SQL  string
	Args []any
}
type TraceQueryEndData struct {
	CommandTag pgconn.CommandTag
	Err        error
}
type Conn struct{}

func ParseConfig(string) (*ConnConfig, error)
func Connect(context.Context, string) (*Conn, error)
func ConnectConfig(context.Context, *ConnConfig) (*Conn, error)
func (*Conn) Begin(context.Context) (Tx, error)
func (*Conn) BeginTx(context.Context, TxOptions) (Tx, error)
func (*Conn) Close(context.Context) error
func (*Conn) Ping(context.Context) error
func (*Conn) DeallocateAll(context.Context) error
func (*Conn) Deallocate(context.Context, string) error
func (*Conn) IsClosed() bool
func (*Conn) Config() *ConnConfig
func (*Conn) PgConn() *pgconn.PgConn
func (*Conn) TypeMap() *pgtype.Map
func (*Conn) CopyFrom(context.Context, Identifier, []string, CopyFromSource) (int64, error)
func (*Conn) SendBatch(context.Context, *Batch) BatchResults
func (*Conn) Prepare(context.Context, string, string) (*pgconn.StatementDescription, error)
func (*Conn) Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
func (*Conn) Query(context.Context, string, ...any) (Rows, error)
func (*Conn) QueryRow(context.Context, string, ...any) Row
func (*Conn) WaitForNotification(context.Context) (*pgconn.Notification, error)

var ErrNoRows, ErrTooManyRows, ErrTxClosed, ErrTxCommitRollback error

func BeginFunc(context.Context, interface {
	Begin(ctx context.Context) (Tx, error)
}, func(Tx) error) error
func BeginTxFunc(context.Context, interface {
	BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error)
}, TxOptions, func(Tx) error) error
