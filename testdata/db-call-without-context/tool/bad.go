package main

import (
	"database/sql"
	"fmt"
)

func main() {
	db, err := sql.Open("postgres", "dbname=app")
	if err != nil {
		return
	}
	if err := db.Ping(); err != nil { // want "GLC703"
		fmt.Println(err)
	}
}
