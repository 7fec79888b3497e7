package embedded

import (
	"database/sql"
	"net/http"
)

func Serve() error { return http.ListenAndServe(":8080", nil) }

func Open(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one writer at a time is all that it can
	return db, nil
}

// The database lives as long as a connection to it.
func InMemory() (*sql.DB, error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(1)
	db.SetConnMaxLifetime(0)
	return db, nil
}
