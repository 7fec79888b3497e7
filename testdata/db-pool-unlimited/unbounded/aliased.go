package unbounded

import (
	database "database/sql"
	"time"
)

type cache struct {
	pool *database.DB
	ttl  time.Duration
}

func (c *cache) open(dsn string) error {
	pool, err := database.Open("postgres", dsn) // want "GLC701"
	if err != nil {
		return err
	}
	c.pool, c.ttl = pool, time.Minute
	return nil
}
