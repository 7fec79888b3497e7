package rows

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	x "github.com/jmoiron/sqlx"
)

type Order struct {
	ID    int64
	Total float64
}

type Store struct {
	db *sql.DB
}

func (s *Store) Orders(ctx context.Context) ([]Order, error) {
	rows, err := s.db.QueryContext(ctx, "select id, total from orders")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var orders []Order
	for rows.Next() { // want "GLC706 rows.Next is false as well .*rows.Err"
		var order Order
		if err := rows.Scan(&order.ID, &order.Total); err != nil {
			return nil, err
		}
		orders = append(orders, order)
	}
	return orders, nil
}

func (s *Store) Summary(ctx context.Context) (string, int, Order, error) {
	rows, err := s.db.QueryContext(ctx, "select id, total from orders")
	if err != nil {
		return "", 0, Order{}, err
	}
	defer rows.Close()
	var last Order
	var names strings.Builder
	count := 0
	for rows.Next() { // want "GLC706"
		if err := rows.Scan(&last.ID, &last.Total); err != nil {
			return "", 0, Order{}, err
		}
		fmt.Fprintf(&names, "%d,", last.ID)
		count++
	}
	text := names.String()
	return text, count, last, err
}

func FoundNone(db *sql.DB) (*Order, error) {
	rows, err := db.Query("select id, total from orders")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found *Order
	for rows.Next() { // want "GLC706"
		found = new(Order)
		if err := rows.Scan(&found.ID, &found.Total); err != nil {
			return nil, err
		}
	}
	if found == nil {
		return nil, sql.ErrNoRows
	}
	return found, rows.Err()
}

func CheckedInside(db *sql.DB) error {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // want "GLC706"
		if rows.Err() != nil {
			return rows.Err()
		}
		if err := work(rows); err != nil {
			return err
		}
	}
	return nil
}

func work(rows *sql.Rows) error {
	var id int64
	return rows.Scan(&id)
}

func LeftByHand(db *sql.DB) []int64 {
	rows, err := db.Query("select id from orders")
	if err != nil {
		log.Print(err)
		return nil
	}
	defer rows.Close()
	var ids []int64
	for {
		if !rows.Next() { // want "GLC706"
			break
		}
		var id int64
		if err := rows.Scan(&id); err != nil {
			log.Print(err)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.QueryContext(r.Context(), "select name from users")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() {
		if err := rows.Close(); err != nil {
			log.Print(err)
		}
	}()
	for rows.Next() { // want "GLC706"
		var name string
		if err := rows.Scan(&name); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, name)
	}
}

func collect(rows *sql.Rows) (ids []int64, err error) {
	defer rows.Close()
	for rows.Next() { // want "GLC706"
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func Collected(db *sql.DB) ([]int64, error) {
	rows, err := db.Query("select id from orders")
	if err != nil {
		return nil, err
	}
	return collect(rows)
}

func Extended(ctx context.Context, db *x.DB) (map[int64]bool, error) {
	rows, err := db.QueryxContext(ctx, "select id from orders")
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for rows.Next() { // want "GLC706"
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return nil, err
		}
		seen[id] = true
	}
	rows.Close()
	return seen, nil
}

func Postgres(ctx context.Context, pool *pgxpool.Pool) (int, error) {
	rows, err := pool.Query(ctx, "select id from orders")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	count := 0
	for rows.Next() { // want "GLC706"
		count++
	}
	return count, nil
}

func ForEach(db *sql.DB, tables []string) error {
	for _, table := range tables {
		rows, err := db.Query("select id from " + table)
		if err != nil {
			return err
		}
		for rows.Next() { // want "GLC706"
			if err := work(rows); err != nil {
				rows.Close()
				return err
			}
		}
		rows.Close()
	}
	return nil
}

func InClosure(db *sql.DB) func() (int, error) {
	return func() (int, error) {
		rows, err := db.Query("select id from orders")
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		n := 0
		for rows.Next() { // want "GLC706"
			n++
		}
		return n, nil
	}
}
