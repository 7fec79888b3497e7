// Pattern: a query's rows are left open when a function returns from inside the loop.
// Source: database/sql documentation of Rows.Close; Saioc et al., Unveiling and Vanquishing
// Goroutine Leaks (CGO 2024), goroutines of packages kept alive by an object nobody closes.
// Under load: a connection and a goroutine of database/sql for each hit, until the pool is
// empty and every query waits.
// Expected: GLC705 at the query.

package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"runtime"
	"time"
)

func hasOpenInvoice(ctx context.Context, db *sql.DB, customer string) (bool, error) {
	rows, err := db.QueryContext(ctx, "select state from invoices where customer = ?", customer) // want "GLC705"
	if err != nil {
		return false, err
	}
	for rows.Next() {
		var state string
		if err := rows.Scan(&state); err != nil {
			return false, err
		}
		if state == "open" {
			return true, nil
		}
	}
	return false, rows.Err()
}

// serviceContext lives as long as the process.
var serviceContext, stopService = context.WithCancel(context.Background())

func openInvoices() *sql.DB {
	db := sql.OpenDB(memory{})
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(2)
	db.SetConnMaxLifetime(time.Minute)
	return db
}

func scenario() {
	db := openInvoices()
	defer db.Close()
	if open, err := hasOpenInvoice(serviceContext, db, "ada"); err != nil || !open {
		fmt.Println(open, err)
		stopService()
	}
}

// memory is a driver whose every query answers with three open invoices.
type memory struct{}

func (memory) Connect(context.Context) (driver.Conn, error) { return memory{}, nil }
func (memory) Driver() driver.Driver                        { return nil }
func (memory) Prepare(string) (driver.Stmt, error)          { return memory{}, nil }
func (memory) Begin() (driver.Tx, error)                    { return nil, driver.ErrSkip }
func (memory) Close() error                                 { return nil }
func (memory) NumInput() int                                { return -1 }
func (memory) Exec([]driver.Value) (driver.Result, error)   { return nil, driver.ErrSkip }
func (memory) Query([]driver.Value) (driver.Rows, error)    { return &invoices{left: 3}, nil }

type invoices struct {
	left int
}

func (v *invoices) Columns() []string { return []string{"state"} }
func (v *invoices) Close() error      { return nil }

func (v *invoices) Next(row []driver.Value) error {
	if v.left == 0 {
		return io.EOF
	}
	v.left--
	row[0] = "open"
	return nil
}

func main() {
	const rounds = 20
	before := runtime.NumGoroutine()
	for i := 0; i < rounds; i++ {
		scenario()
	}
	after := settle(before)
	fmt.Printf("goroutines before=%d after=%d\n", before, after)
	if after > before {
		fmt.Printf("LEAK %d\n", after-before)
		return
	}
	fmt.Println("OK")
}

// settle gives finished work about a second to go away.
func settle(before int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}
