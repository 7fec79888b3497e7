// Package loopdefer holds defers that wait for the end of a loop's function.
package loopdefer

import (
	"context"
	"database/sql"
	"io"
	"os"
	"sync"
	"time"
)

func files(names []string) error {
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close() // want "GLC801 .*not when the turn does"
		if _, err := io.Copy(io.Discard, file); err != nil {
			return err
		}
	}
	return nil
}

func sizes(names []string) (total int64) {
	for _, name := range names {
		file, err := os.Open(name)
		if err == nil {
			defer file.Close() // want "GLC801"
		}
	}
	return total
}

// Nothing leaves the body: it can be wrapped.
func attempts(ctx context.Context, jobs []func(context.Context)) {
	for _, job := range jobs {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "GLC801"

		job(attempt)
	}
}

func counting(shards []*shard) {
	for i := 0; i < len(shards); i++ {
		guard := shards[i].guard()
		defer guard.Unlock() // want "GLC801"
		guard.Lock()
	}
}

type shard struct{ mu sync.Mutex }

func (s *shard) guard() *sync.Mutex { return &s.mu }

func (s *shard) rows(db *sql.DB, ids []int) error {
	for _, id := range ids {
		rows, err := db.Query("select 1 from t where id = $1", id)
		if err != nil {
			return err
		}
		defer func() { // want "GLC801"
			_ = rows.Close()
		}()
	}
	return nil
}

func nested(table [][]string) {
	for _, row := range table {
		for _, name := range row {
			file, err := os.Open(name)
			if err != nil {
				continue
			}
			defer file.Close() // want "GLC801"
		}
	}
}

func inSelect(names <-chan string, done <-chan struct{}) {
	for {
		select {
		case name := <-names:
			file, err := os.Open(name)
			if err == nil {
				defer file.Close() // want "GLC801"
			}
		case <-done:
			return
		}
	}
}

func inGoroutine(names chan string) {
	go func() {
		for name := range names {
			file, _ := os.Open(name)
			defer file.Close() // want "GLC801"
		}
	}()
}

func generic[T io.Closer](open func(int) T, n int) {
	for i := range n {
		resource := open(i)
		defer resource.Close() // want "GLC801"
	}
}
