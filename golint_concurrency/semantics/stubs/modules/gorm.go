//glc:package gorm.io/gorm
package gorm

import (
	"context"
	"database/sql"
	"reflect"
	"time"

	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
)

type Config struct {
	SkipDefaultTransaction, FullSaveAssociations, DryRun, PrepareStmt, DisableAutomaticPing                            bool
	DisableForeignKeyConstraintWhenMigrating, DisableNestedTransaction, AllowGlobalUpdate, QueryFields, TranslateError bool
	DefaultTransactionTimeout, DefaultContextTimeout                                                                   time.Duration
	NamingStrategy                                                                                                     schema.Namer
	Logger                                                                                                             logger.Interface
	NowFunc                                                                                                            func() time.Time
	CreateBatchSize, PrepareStmtMaxSize                                                                                int
	PrepareStmtTTL                                                                                                     time.Duration
	ConnPool                                                                                                           ConnPool
	Dialector
}
type Option interface {
	Apply(*Config) error
	AfterInitialize(*DB) error
}
type Session struct {
	DryRun, PrepareStmt, NewDB, Initialized, SkipHooks, SkipDefaultTransaction     bool
	DisableNestedTransaction, AllowGlobalUpdate, FullSaveAssociations, QueryFields bool
	Context                                                                        context.Context
	Logger                                                                         logger.Interface
	NowFunc                                                                        func() time.Time
	CreateBatchSize                                                                int
}
type ConnPool interface {
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	ExecContext(context.Context, string, ...interface{}) (sql.Result, error)
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...interface{}) *sql.Row
}
type Dialector interface {
	Name() string
	Initialize(*DB) error
	Migrator(*DB) Migrator
	Explain(string, ...interface{}) string
}
type Plugin interface {
	Name() string
	Initialize(*DB) error
}
type Migrator interface {
	AutoMigrate(...interface{}) error
	CreateTable(...interface{}) error
	DropTable(...interface{}) error
	HasTable(interface{}) bool
	CurrentDatabase() string
	AddColumn(interface{}, string) error
	DropColumn(interface{}, string) error
	AlterColumn(interface{}, string) error
	HasColumn(interface{}, string) bool
	HasIndex(interface{}, string) bool
	HasConstraint(interface{}, string) bool
	CreateIndex(interface{}, string) error
	DropIndex(interface{}, string) error
}
type Statement struct {
	*DB
	TableExpr                       *clause.Expr
	Table                           string
	Model, Dest                     interface{}
	ReflectValue                    reflect.Value
	Selects, Omits                  []string
	Schema                          *schema.Schema
	Context                         context.Context
	RaiseErrorOnNotFound, SkipHooks bool
	Vars                            []interface{}
}
type Model struct {
	ID                   uint
	CreatedAt, UpdatedAt time.Time
	DeletedAt            DeletedAt
}
type DeletedAt sql.NullTime
type Association struct {
	DB    *DB
	Error error
}

func (*Association) Find(interface{}, ...interface{}) error
func (*Association) Append(...interface{}) error
func (*Association) Replace(...interface{}) error
func (*Association) Delete(...interface{}) error
func (*Association) Clear() error
func (*Association) Count() int64

type DB struct {
	*Config
	Error        error
	RowsAffected int64
	Statement    *Statement
}

func Open(Dialector, ...Option) (*DB, error)
func (*DB) Session(*Session) *DB
func (*DB) WithContext(context.Context) *DB
func (*DB) Debug() *DB
func (*DB) Unscoped() *DB
func (*DB) Commit() *DB
func (*DB) Rollback() *DB
func (*DB) Set(string, interface{}) *DB
func (*DB) InstanceSet(string, interface{}) *DB
func (*DB) Get(string) (interface{}, bool)
func (*DB) InstanceGet(string) (interface{}, bool)
func (*DB) AddError(error) error
func (*DB) DB() (*sql.DB, error)
func (*DB) Use(Plugin) error
func (*DB) ToSQL(func(*DB) *DB) string
func (*DB) Begin(...*sql.TxOptions) *DB
func (*DB) Transaction(func(*DB) error, ...*sql.TxOptions) error
func (*DB) Connection(func(*DB) error) error
func (*DB) SavePoint(string) *DB
func (*DB) RollbackTo(string) *DB
func (*DB) Create(interface{}) *DB
func (*DB) Save(interface{}) *DB
func (*DB) CreateInBatches(interface{}, int) *DB
func (*DB) First(interface{}, ...interface{}) *DB
func (*DB) Take(interface{}, ...interface{}) *DB
func (*DB) Last(interface{}, ...interface{}) *DB
func (*DB) Find(interface{}, ...interface{}) *DB
func (*DB) FirstOrInit(interface{}, ...interface{}) *DB
func (*DB) FirstOrCreate(interface{}, ...interface{}) *DB
func (*DB) Delete(interface{}, ...interface{}) *DB
func (*DB) FindInBatches(interface{}, int, func(*DB, int) error) *DB
func (*DB) Update(string, interface{}) *DB
func (*DB) UpdateColumn(string, interface{}) *DB
func (*DB) Updates(interface{}) *DB
func (*DB) UpdateColumns(interface{}) *DB
func (*DB) Count(*int64) *DB
func (*DB) Row() *sql.Row
func (*DB) Rows() (*sql.Rows, error)
func (*DB) Scan(interface{}) *DB
func (*DB) Pluck(string, interface{}) *DB
func (*DB) ScanRows(*sql.Rows, interface{}) error
func (*DB) Exec(string, ...interface{}) *DB
func (*DB) Raw(string, ...interface{}) *DB
func (*DB) Joins(string, ...interface{}) *DB
func (*DB) InnerJoins(string, ...interface{}) *DB
func (*DB) Preload(string, ...interface{}) *DB
func (*DB) Model(interface{}) *DB
func (*DB) Clauses(...clause.Expression) *DB
func (*DB) Table(string, ...interface{}) *DB
func (*DB) Distinct(...interface{}) *DB
func (*DB) Select(interface{}, ...interface{}) *DB
func (*DB) Where(interface{}, ...interface{}) *DB
func (*DB) Not(interface{}, ...interface{}) *DB
func (*DB) Or(interface{}, ...interface{}) *DB
func (*DB) Having(interface{}, ...interface{}) *DB
func (*DB) Omit(...string) *DB
func (*DB) Group(string) *DB
func (*DB) Order(interface{}) *DB
func (*DB) Limit(int) *DB
func (*DB) Offset(int) *DB
func (*DB) Scopes(...func(*DB) *DB) *DB
func (*DB) Attrs(...interface{}) *DB
func (*DB) Assign(...interface{}) *DB
func (*DB) Association(string) *Association
func (*DB) Migrator() Migrator
func (*DB) AutoMigrate(...interface{}) error

var (
	ErrRecordNotFound, ErrInvalidTransaction, ErrMissingWhereClause, ErrInvalidDB, ErrDuplicatedKey error
)

func Expr(string, ...interface{}) clause.Expr
