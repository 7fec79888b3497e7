// Package sqlite works on a file of the process itself: only a note, unless a context is at hand.
package sqlite

import (
	"context"
	"database/sql"
)

type Files struct{ db *sql.DB }

func (f *Files) Open(path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	f.db = db
	return nil
}

func (f *Files) Drop(id int64) error {
	_, err := f.db.Exec("delete from files where id = $1", id) // want "GLC703 nothing ends this call"
	return err
}

func (f *Files) Rename(ctx context.Context, id int64, name string) error {
	_, err := f.db.Exec("update files set name = $1 where id = $2", name, id) // want "GLC703 the database works on after ctx is done"
	return err
}
