package lists

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

func (s *Server) Together(w http.ResponseWriter, r *http.Request) {
	ids := r.Form["id"]
	marks := make([]string, 0, len(ids))
	args := make([]any, 0, len(ids))
	for i, id := range ids {
		marks = append(marks, fmt.Sprintf("$%d", i+1))
		args = append(args, id)
	}
	query := "select name from customers where id in (" + strings.Join(marks, ",") + ")"
	rows, err := s.db.QueryContext(r.Context(), query, args...)
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil {
			fmt.Fprintln(w, name)
		}
	}
	_ = rows.Err()
}

func (s *Server) Known(w http.ResponseWriter, r *http.Request) {
	for _, table := range []string{"orders", "customers"} {
		_, _ = s.db.ExecContext(r.Context(), "analyze "+table)
	}
	for range 3 {
		_ = s.db.PingContext(r.Context())
	}
}

func (s *Server) Batches(w http.ResponseWriter, r *http.Request) {
	var batches [][]string
	for _, batch := range batches {
		_, _ = s.db.ExecContext(r.Context(), "delete from t where id = any($1)", batch)
	}
}

func (s *Server) First(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.Form["id"] {
		fmt.Fprintln(w, s.name(r.Context(), id))
		return
	}
}

func (s *Server) Concurrent(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.Form["id"] {
		go s.name(r.Context(), id)
	}
}

// Not request code.
func (s *Server) Nightly(ctx context.Context, ids []string) {
	for _, id := range ids {
		_, _ = s.db.ExecContext(ctx, "delete from t where id = $1", id)
	}
}

func (s *Server) NoQuery(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.Form["id"] {
		fmt.Fprintln(w, strings.ToUpper(id))
	}
}

func (s *Server) Numbers(w http.ResponseWriter, r *http.Request) {
	n := len(r.Form["id"])
	for i := range n {
		_, _ = s.db.ExecContext(r.Context(), "delete from t where id = $1", i)
	}
}

func (s *Server) Letters(w http.ResponseWriter, r *http.Request) {
	for _, letter := range r.URL.Path {
		_, _ = s.db.ExecContext(r.Context(), "insert into letters values ($1)", letter)
	}
}
