// Command tool serves nothing, so the finding is a note.
package main

import (
	"database/sql"
	"log"
	"os"
)

func main() {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want "GLC701"
	if err != nil {
		log.Fatal(err)
	}
	run(&job{db: db})
}

type job struct{ db *sql.DB }

func run(j *job) {
	if err := j.db.Ping(); err != nil {
		log.Print(err)
	}
}
