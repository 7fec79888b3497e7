package migrations

import "database/sql"

func First(db *sql.DB) error {
	_, err := db.Exec("create table users (id int)") // want "GLC703"
	return err
}
