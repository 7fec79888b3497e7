// Package pgxpool stands in for the package of that name: what the testdata compiles against.
package pgxpool

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

type Config struct {
	MaxConns, MinConns, MinIdleConns int32

	MaxConnLifetime, MaxConnIdleTime time.Duration
}

type Pool struct{}

type Conn struct{}

func ParseConfig(dsn string) (*Config, error)                                { return &Config{}, nil }
func New(ctx context.Context, dsn string) (*Pool, error)                     { return &Pool{}, nil }
func NewWithConfig(ctx context.Context, config *Config) (*Pool, error)       { return &Pool{}, nil }
func (p *Pool) Close()                                                       {}
func (p *Pool) Acquire(ctx context.Context) (*Conn, error)                   { return &Conn{}, nil }
func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error)                    { return nil, nil }
func (p *Pool) BeginTx(ctx context.Context, o pgx.TxOptions) (pgx.Tx, error) { return nil, nil }
func (p *Pool) Ping(ctx context.Context) error                               { return nil }

func (p *Pool) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return pgconn.CommandTag{}, nil
}

func (p *Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return nil, nil
}

func (p *Pool) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row { return nil }

func (c *Conn) Release() {}

func (c *Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return nil, nil
}
