package bounded

import (
	"database/sql"
	"net/http"
	"time"
)

type server struct{ db *sql.DB }

func Serve(db *sql.DB) error {
	s := &server{db}
	handler := http.TimeoutHandler(http.HandlerFunc(s.ping), 2*time.Second, "slow")
	return http.ListenAndServe(":8080", handler)
}

func (s *server) ping(w http.ResponseWriter, r *http.Request) {
	_ = s.db.PingContext(r.Context())
}
