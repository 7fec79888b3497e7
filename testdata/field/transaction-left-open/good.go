// Repair of bad.go: defer tx.Rollback, which does nothing after a commit.

package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"time"
)

var errSoldOut = errors.New("flight is sold out")

type flight struct {
	number string
	seats  int
}

func bookSeat(ctx context.Context, db *sql.DB, f flight) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if f.seats == 0 {
		return errSoldOut
	}
	return tx.Commit()
}

// serviceContext lives as long as the process.
var serviceContext, stopService = context.WithCancel(context.Background())

func openBookings() *sql.DB {
	db := sql.OpenDB(memory{})
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(2)
	db.SetConnMaxLifetime(time.Minute)
	return db
}

func scenario() {
	db := openBookings()
	defer db.Close()
	if bookSeat(serviceContext, db, flight{number: "LH 1"}) == nil {
		fmt.Println("a sold-out flight was booked")
		stopService()
	}
}

// memory is a driver that knows transactions and nothing else.
type memory struct{}

func (memory) Connect(context.Context) (driver.Conn, error) { return memory{}, nil }
func (memory) Driver() driver.Driver                        { return nil }
func (memory) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrSkip }
func (memory) Begin() (driver.Tx, error)                    { return memory{}, nil }
func (memory) Close() error                                 { return nil }
func (memory) Commit() error                                { return nil }
func (memory) Rollback() error                              { return nil }

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
