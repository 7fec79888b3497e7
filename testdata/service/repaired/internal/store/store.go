// Package store keeps parcels, and what happened to them, in the database.
package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrUnknown is returned for a parcel that nobody has announced.
var ErrUnknown = errors.New("store: unknown parcel")

// Event is one step on the way of a parcel.
type Event struct {
	Parcel string
	Status string
	At     time.Time
}

// Store is safe for concurrent use.
type Store struct {
	db *sql.DB
}

// Open connects to the database. The driver is linked in by the build of the deployment.
func Open(dsn string) (*Store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(25)
	db.SetMaxIdleConns(25)
	db.SetConnMaxLifetime(5 * time.Minute)
	return &Store{db: db}, nil
}

// Status is the last thing known of a parcel.
func (s *Store) Status(ctx context.Context, parcel string) (string, error) {
	var status string
	row := s.db.QueryRowContext(ctx, "select status from parcels where id = $1", parcel)
	if err := row.Scan(&status); errors.Is(err, sql.ErrNoRows) {
		return "", ErrUnknown
	} else if err != nil {
		return "", err
	}
	return status, nil
}

// Underway lists the parcels that a customer waits for.
func (s *Store) Underway(ctx context.Context, customer string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx,
		"select id from parcels where customer = $1 and delivered is null", customer)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Record appends an event, and makes its status the parcel's.
func (s *Store) Record(ctx context.Context, event Event) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "insert into events values ($1, $2, $3)",
		event.Parcel, event.Status, event.At); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "update parcels set status = $2 where id = $1",
		event.Parcel, event.Status); err != nil {
		return err
	}
	return tx.Commit()
}

// Weights sums what each open parcel weighs.
func (s *Store) Weights(ctx context.Context) (total int, err error) {
	row := s.db.QueryRowContext(ctx, "select coalesce(sum(items.grams), 0) from items "+
		"join parcels on parcels.id = items.parcel where parcels.delivered is null")
	err = row.Scan(&total)
	return total, err
}

// Subscribers are the addresses to be told of a parcel's events.
func (s *Store) Subscribers(ctx context.Context, parcel string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx,
		"select address from subscribers where parcel = $1", parcel)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var addresses []string
	for rows.Next() {
		var address string
		if err := rows.Scan(&address); err != nil {
			return nil, err
		}
		addresses = append(addresses, address)
	}
	return addresses, rows.Err()
}

// Assign gives a parcel to another customer.
func (s *Store) Assign(ctx context.Context, parcel, customer string) error {
	assigning, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := s.db.ExecContext(assigning,
		"update parcels set customer = $2 where id = $1", parcel, customer)
	return err
}

// Settle marks as paid what was delivered before a day, a thousand parcels at a time.
func (s *Store) Settle(ctx context.Context, day time.Time) error {
	for {
		result, err := s.db.ExecContext(ctx,
			"update parcels set paid = true where id in "+
				"(select id from parcels where delivered < $1 and not paid limit 1000)", day)
		if err != nil {
			return err
		}
		if settled, err := result.RowsAffected(); err != nil || settled == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}
