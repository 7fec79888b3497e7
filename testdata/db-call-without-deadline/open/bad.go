package open

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type Server struct {
	db   *sql.DB
	x    *sqlx.DB
	pool *pgxpool.Pool
	orm  *gorm.DB
}

type key struct{}

func (s *Server) Order(w http.ResponseWriter, r *http.Request) {
	var total float64
	row := s.db.QueryRowContext(r.Context(), "select total from orders") // want "GLC709 r.Context.. has no deadline"
	if err := row.Scan(&total); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_, _ = s.db.ExecContext(r.Context(), "update orders set seen = true")
	fmt.Fprint(w, total)
}

func (s *Server) Named(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	rows, err := s.db.QueryContext(ctx, "select total from orders") // want "GLC709 ctx has no deadline"
	if err != nil {
		return
	}
	defer rows.Close()
}

func (s *Server) Derived(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(context.WithValue(r.Context(), key{}, 1))
	defer cancel()
	_ = s.db.PingContext(ctx) // want "GLC709"
}

func (s *Server) Values(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	ctx = context.WithValue(ctx, key{}, 1)
	tx, err := s.db.BeginTx(ctx, nil) // want "GLC709"
	if err != nil {
		return
	}
	_ = tx.Commit()
}

func (s *Server) Helper(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, s.count(r.Context()))
}

func (s *Server) count(ctx context.Context) (n int) {
	_ = s.x.GetContext(ctx, &n, "select count(*) from orders") // want "GLC709"
	return n
}

func (s *Server) Gin(c *gin.Context) {
	_, _ = s.pool.Exec(c.Request.Context(), "delete from sessions") // want "GLC709"
}

func (s *Server) ORM() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var names []string
		s.orm.WithContext(r.Context()).Find(&names) // want "GLC709"
		fmt.Fprint(w, names)
	}
}

func (s *Server) Background(w http.ResponseWriter, r *http.Request) {
	_, _ = s.db.ExecContext(context.Background(), "delete from sessions") // want "GLC709"
}
