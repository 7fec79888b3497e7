// Package bounded opens pools that are bounded somewhere in its module.
package bounded

import (
	"database/sql"
	"time"

	"example.com/bounded/store"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

func here(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return db, nil
}

type service struct {
	db *sql.DB
}

func (s *service) open(dsn string) (err error) {
	if s.db, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(20)
	return nil
}

// Bounded by the function that it is passed to, in another file.
func helper(dsn string) (*service, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	configure(db, 30)
	return &service{db: db}, nil
}

// Bounded by a package of the module that gets it.
func elsewhere(dsn string) (*store.Store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return store.New(db), nil
}

// Returned, and bounded by whoever calls this.
func Open(dsn string) (*sql.DB, error) {
	return sql.Open("postgres", dsn)
}

func withSqlx(dsn string) (*sqlx.DB, error) {
	db, err := sqlx.Connect("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	db.SetConnMaxLifetime(time.Hour)
	return db, nil
}

func wrapped(dsn string) (*sqlx.DB, error) {
	plain, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db := sqlx.NewDb(plain, "postgres")
	db.SetMaxOpenConns(20)
	return db, nil
}

func withGorm(d gorm.Dialector) (*gorm.DB, error) {
	db, err := gorm.Open(d, &gorm.Config{})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(20)
	return db, nil
}

func ClosedByClosure(dsn string) (err error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() {
		if closed := db.Close(); err == nil {
			err = closed
		}
	}()
	return db.Ping()
}

func CreateOnce(dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	_, err = db.Exec("create database x")
	return err
}
