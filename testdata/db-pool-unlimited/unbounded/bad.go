// Package unbounded opens pools that nothing bounds.
package unbounded

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/http"

	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type store struct {
	db *sql.DB
}

func newStore(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn) // want "GLC701 .*SetMaxOpenConns.*SetMaxIdleConns.*SetConnMaxLifetime"
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

func (s *store) reopen(dsn string) error {
	var err error
	s.db, err = sql.Open("mysql", dsn) // want "GLC701"
	if err != nil {
		return err
	}
	return s.db.Ping()
}

func returned(dsn string) (*sql.DB, error) {
	return sql.Open("pgx", dsn) // want "GLC701"
}

var shared = mustOpen("postgres://localhost/app")

func mustOpen(dsn string) *sql.DB {
	db, err := sql.Open("postgres", dsn) // want "GLC701"
	if err != nil {
		panic(err)
	}
	return db
}

func fromConnector(c driver.Connector) *store {
	db := sql.OpenDB(c) // want "GLC701"
	return &store{db: db}
}

func withSqlx(ctx context.Context, dsn string) (*sqlx.DB, error) {
	db, err := sqlx.ConnectContext(ctx, "postgres", dsn) // want "GLC701"
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return db, nil
}

func mustSqlx(dsn string) *sqlx.DB {
	return sqlx.MustConnect("mysql", dsn) // want "GLC701"
}

func withGorm(d gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(d, &gorm.Config{}) // want "GLC701"
}

// The pool is closed here, but only when the server stops.
func serve(dsn string) error {
	db, err := sql.Open("postgres", dsn) // want "GLC701"
	if err != nil {
		return err
	}
	defer db.Close()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	return http.ListenAndServe("localhost:8080", nil)
}
