// Package store keeps a pool that others open.
package store

import "database/sql"

// Store is a table.
type Store struct{ db *sql.DB }

// New bounds the pool and keeps it.
func New(db *sql.DB) *Store {
	db.SetMaxOpenConns(10)
	return &Store{db: db}
}
