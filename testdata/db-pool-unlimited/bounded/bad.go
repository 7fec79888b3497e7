package bounded

import "database/sql"

// Local in full: that others in the package are bounded does not help this one.
func check(dsn string) error {
	db, err := sql.Open("postgres", dsn) // want "GLC701"
	if err != nil {
		return err
	}
	for range 100 {
		go func() { _ = db.Ping() }()
	}
	return nil
}
