// Package archive reads what happened to parcels, which a database of its own keeps.
package archive

import (
	"context"
	"database/sql"
	"time"

	"example.com/parcels/internal/store"
)

// Archive is safe for concurrent use.
type Archive struct {
	pool *sql.DB
}

// Open connects to the archive.
func Open(dsn string) (*Archive, error) {
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(8)
	pool.SetMaxIdleConns(32) // want "GLC702 .*more than 8"
	pool.SetConnMaxLifetime(time.Hour)
	return &Archive{pool: pool}, nil
}

// History lists the events of a parcel.
func (a *Archive) History(ctx context.Context, parcel string) ([]store.Event, error) {
	rows, err := a.pool.QueryContext(ctx,
		"select status, at from events where parcel = $1 order by at", parcel)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var events []store.Event
	for rows.Next() { // want "GLC706 .*rows.Err"
		event := store.Event{Parcel: parcel}
		if err := rows.Scan(&event.Status, &event.At); err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	return events, nil
}
