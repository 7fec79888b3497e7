//glc:package github.com/jackc/pgx/v5/pgxpool
package pgxpool

import (
	"context"
	"time"

	pgx "github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

type Config struct {
	ConnConfig                                                                 *pgx.ConnConfig
	BeforeConnect                                                              func(context.Context, *pgx.ConnConfig) error
	AfterConnect                                                               func(context.Context, *pgx.Conn) error
	AfterRelease                                                               func(*pgx.Conn) bool
	BeforeClose                                                                func(*pgx.Conn)
	MaxConnLifetime, MaxConnLifetimeJitter, MaxConnIdleTime, HealthCheckPeriod time.Duration
	MaxConns, MinConns, MinIdleConns                                           int32
}

func (*Config) Copy() *Config
func (*Config) ConnString() string
func ParseConfig(string) (*Config, error)

type Pool struct{}

func New(context.Context, string) (*Pool, error)
func NewWithConfig(context.Context, *Config) (*Pool, error)
func (*Pool) Close()
func (*Pool) Acquire(context.Context) (*Conn, error)
func (*Pool) AcquireFunc(context.Context, func(*Conn) error) error
func (*Pool) AcquireAllIdle(context.Context) []*Conn
func (*Pool) Reset()
func (*Pool) Config() *Config
func (*Pool) Stat() *Stat
func (*Pool) Ping(context.Context) error
func (*Pool) Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
func (*Pool) Query(context.Context, string, ...any) (pgx.Rows, error)
func (*Pool) QueryRow(context.Context, string, ...any) pgx.Row
func (*Pool) SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
func (*Pool) Begin(context.Context) (pgx.Tx, error)
func (*Pool) BeginTx(context.Context, pgx.TxOptions) (pgx.Tx, error)
func (*Pool) CopyFrom(context.Context, pgx.Identifier, []string, pgx.CopyFromSource) (int64, error)

type Conn struct{}

func (*Conn) Release()
func (*Conn) Hijack() *pgx.Conn
func (*Conn) Conn() *pgx.Conn
func (*Conn) Ping(context.Context) error
func (*Conn) Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
func (*Conn) Query(context.Context, string, ...any) (pgx.Rows, error)
func (*Conn) QueryRow(context.Context, string, ...any) pgx.Row
func (*Conn) SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
func (*Conn) CopyFrom(context.Context, pgx.Identifier, []string, pgx.CopyFromSource) (int64, error)
func (*Conn) Begin(context.Context) (pgx.Tx, error)
func (*Conn) BeginTx(context.Context, pgx.TxOptions) (pgx.Tx, error)

type Tx struct{}

func (*Tx) Begin(context.Context) (pgx.Tx, error)
func (*Tx) Commit(context.Context) error
func (*Tx) Rollback(context.Context) error
func (*Tx) Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
func (*Tx) Query(context.Context, string, ...any) (pgx.Rows, error)
func (*Tx) QueryRow(context.Context, string, ...any) pgx.Row

type Stat struct{}

func (*Stat) AcquireCount() int64
func (*Stat) CanceledAcquireCount() int64
func (*Stat) EmptyAcquireCount() int64
func (*Stat) NewConnsCount() int64
func (*Stat) AcquiredConns() int32
func (*Stat) IdleConns() int32
func (*Stat) MaxConns() int32
func (*Stat) TotalConns() int32
func (*Stat) ConstructingConns() int32
func (*Stat) AcquireDuration() time.Duration
