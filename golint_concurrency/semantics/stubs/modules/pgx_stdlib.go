//glc:package github.com/jackc/pgx/v5/stdlib
package stdlib

import (
	"database/sql"
	"database/sql/driver"

	pgx "github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type OptionOpenDB func(*connector)
type connector struct {
	pgx.ConnConfig
}

func OpenDB(pgx.ConnConfig, ...OptionOpenDB) *sql.DB
func OpenDBFromPool(*pgxpool.Pool, ...OptionOpenDB) *sql.DB
func RegisterConnConfig(*pgx.ConnConfig) string
func UnregisterConnConfig(string)
func GetDefaultDriver() driver.Driver
func GetConnector(pgx.ConnConfig, ...OptionOpenDB) driver.Connector

type Conn struct{}

func (*Conn) Conn() *pgx.Conn
