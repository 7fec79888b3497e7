package server

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"github.com/redis/go-redis/v9"
)

const maxIdle = 100

type store struct {
	db *sql.DB
}

func Serve(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler, ReadTimeout: time.Second}
	return server.ListenAndServe()
}

func IdleAboveOpen(db *sql.DB) {
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(maxIdle) // want "GLC702 the pool never holds more than 10 connections, so 100"
	db.SetConnMaxLifetime(time.Hour)
}

func (s *store) configure() {
	s.db.SetMaxIdleConns(4 * 8) // want "GLC702 .*more than 16"
	s.db.SetMaxOpenConns(16)
}

func EachBranch(db *sqlx.DB, large bool) {
	db.SetMaxIdleConns(200) // want "GLC702 .*more than 50"
	if large {
		db.SetMaxOpenConns(50)
	} else {
		db.SetMaxOpenConns(5)
	}
}

func NoLimit(db *sql.DB) {
	db.SetMaxOpenConns(0) // want "GLC702 this takes away the limit"
	db.SetConnMaxLifetime(time.Minute)
}

func NegativeLimit(s *store) {
	s.db.SetMaxOpenConns(-1) // want "GLC702 this takes away the limit"
}

func Single(db *sql.DB) {
	db.SetMaxOpenConns(1) // want "GLC702 all requests of this server share one connection"
}

func ForEver(db *sql.DB) {
	db.SetMaxOpenConns(25)
	db.SetMaxIdleConns(25)
	db.SetConnMaxLifetime(0) // want "GLC702 idle connections live for ever"
}

func Cache() *redis.Client {
	return redis.NewClient(&redis.Options{
		Addr:         "cache:6379",
		PoolSize:     10,
		MinIdleConns: 50, // want "GLC702 .*more than 10 connections, so 50"
	})
}

func Narrow() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: "cache:6379", PoolSize: 1}) // want "GLC702 all requests"
}

func Parsed(url string) (*redis.Client, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	options.PoolSize = 20
	options.MaxIdleConns = 40 // want "GLC702 .*more than 20"
	return redis.NewClient(options), nil
}

func Postgres(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 8
	config.MinConns = 16       // want "GLC702 .*more than 8 connections, so 16"
	config.MaxConnLifetime = 0 // want "GLC702 a lifetime of 0 ends each connection"
	return pgxpool.NewWithConfig(ctx, config)
}

func OneForAll(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	config.MaxConns = 1 // want "GLC702 all requests of this server"
	return pgxpool.NewWithConfig(ctx, config)
}

func limit(db *sql.DB) {
	db.SetMaxOpenConns(12)
}

func ByHelper(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	limit(db)
	db.SetMaxIdleConns(24) // want "GLC702 .*more than 12"
	return &store{db: db}, nil
}
