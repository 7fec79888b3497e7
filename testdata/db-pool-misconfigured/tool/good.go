package main

import (
	"database/sql"

	"github.com/redis/go-redis/v9"
)

func main() {
	db, err := sql.Open("postgres", "dbname=app")
	if err != nil {
		return
	}
	db.SetMaxOpenConns(1)
	cache := redis.NewClient(&redis.Options{Addr: "localhost:6379", PoolSize: 1})
	_ = cache.Close()
	_ = db.Close()
}
