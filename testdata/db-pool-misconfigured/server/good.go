package server

import (
	"context"
	"database/sql"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
)

func Fitting(db *sql.DB) {
	db.SetMaxOpenConns(25)
	db.SetMaxIdleConns(25)
	db.SetConnMaxLifetime(5 * time.Minute)
}

func Configured(db *sql.DB, open, idle int) {
	db.SetMaxOpenConns(open)
	db.SetMaxIdleConns(idle)
}

func FromEnvironment(db *sql.DB) {
	open, _ := strconv.Atoi(os.Getenv("DB_OPEN"))
	db.SetMaxOpenConns(open)
	db.SetMaxIdleConns(100)
}

// Fits in the branch that raises the limit.
func Branches(db *sql.DB, large bool) {
	db.SetMaxOpenConns(10)
	if large {
		db.SetMaxOpenConns(100)
		db.SetMaxIdleConns(50)
	}
}

func TwoPools(reader, writer *sql.DB) {
	reader.SetMaxOpenConns(50)
	reader.SetMaxIdleConns(50)
	writer.SetMaxOpenConns(5)
	writer.SetMaxIdleConns(5)
}

func NothingKept(db *sql.DB) {
	db.SetMaxIdleConns(0)
	db.SetConnMaxLifetime(0)
}

func IdleOnly(db *sql.DB) {
	db.SetMaxIdleConns(50)
	db.SetConnMaxLifetime(time.Hour)
}

func CacheFits(size int) []*redis.Client {
	return []*redis.Client{
		redis.NewClient(&redis.Options{Addr: "a:6379", PoolSize: 100, MinIdleConns: 10}),
		redis.NewClient(&redis.Options{Addr: "b:6379", PoolSize: size, MinIdleConns: 10}),
		redis.NewClient(&redis.Options{Addr: "c:6379", MinIdleConns: 10}),
	}
}

func PostgresFits(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	config.MaxConns, config.MinConns = 8, 2
	config.MaxConnLifetime = time.Hour
	return pgxpool.NewWithConfig(ctx, config)
}

type limits struct{ MaxConns, MinConns, PoolSize int }

func OtherLimits() limits {
	l := limits{PoolSize: 1}
	l.MaxConns = 1
	l.MinConns = 4
	return l
}

type gauge struct{}

func (gauge) SetMaxOpenConns(n int) {}
func (gauge) SetMaxIdleConns(n int) {}

func NoPool(db gauge) {
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(2)
}

func limitTo(db *sql.DB, open int) {
	db.SetMaxOpenConns(open)
}

func HelperConfigured(db *sql.DB, open int) {
	limitTo(db, open)
	db.SetMaxIdleConns(24)
}

// One session on purpose: it holds the locks of this process.
func ForLocks(db *sql.DB) {
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	db.SetConnMaxLifetime(0)
}

func Explained(db *sql.DB) {
	// Only one, which is enough for the list that is read at night.
	db.SetMaxOpenConns(1)
}

func NeverExpires(db *sql.DB) {
	db.SetMaxIdleConns(2)
	db.SetConnMaxLifetime(0) // connections to this gateway do not expire
}
