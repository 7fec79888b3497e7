//glc:package github.com/jackc/pgx/v5/pgconn
package pgconn

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

type DialFunc func(context.Context, string, string) (net.Conn, error)
type LookupFunc func(context.Context, string) ([]string, error)
type Config struct {
	Host, Database, User, Password string
	Port                           uint16
	TLSConfig                      *tls.Config
	ConnectTimeout                 time.Duration
	DialFunc                       DialFunc
	LookupFunc                     LookupFunc
	RuntimeParams                  map[string]string
}

func ParseConfig(string) (*Config, error)

type CommandTag struct{}

func (CommandTag) RowsAffected() int64
func (CommandTag) String() string
func (CommandTag) Insert() bool
func (CommandTag) Update() bool
func (CommandTag) Delete() bool
func (CommandTag) Select() bool

type FieldDescription struct {
	Name                  string
	TableOID, DataTypeOID uint32
	TableAttributeNumber  uint16
	DataTypeSize, Format  int16
	TypeModifier          int32
}
type StatementDescription struct {
	Name, SQL string
	ParamOIDs []uint32
	Fields    []FieldDescription
}
type Notification struct {
	PID              uint32
	Channel, Payload string
}
type PgError struct {
	Severity, Code, Message, Detail, Hint                                  string
	Where, SchemaName, TableName, ColumnName, DataTypeName, ConstraintName string
}

func (*PgError) Error() string
func (*PgError) SQLState() string

type PgConn struct{}

func Connect(context.Context, string) (*PgConn, error)
func ConnectConfig(context.Context, *Config) (*PgConn, error)
func (*PgConn) Close(context.Context) error
func (*PgConn) WaitForNotification(context.Context) error
func (*PgConn) Ping(context.Context) error
func (*PgConn) CancelRequest(context.Context) error
func (*PgConn) Exec(context.Context, string) *MultiResultReader
func (*PgConn) IsClosed() bool
func (*PgConn) IsBusy() bool
func (*PgConn) Conn() net.Conn

type MultiResultReader struct{}

func (*MultiResultReader) ReadAll() ([]*Result, error)
func (*MultiResultReader) NextResult() bool
func (*MultiResultReader) Close() error

type Result struct {
	FieldDescriptions []FieldDescription
	Rows              [][][]byte
	CommandTag        CommandTag
	Err               error
}

func Timeout(error) bool
func SafeToRetry(error) bool
