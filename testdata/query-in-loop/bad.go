package lists

import (
	"context"
	"database/sql"
	"encoding/json"
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

type order struct {
	ID, Customer int64
}

func (s *Server) Customers(w http.ResponseWriter, r *http.Request) {
	var orders []order
	if err := json.NewDecoder(r.Body).Decode(&orders); err != nil {
		return
	}
	for _, order := range orders {
		var name string
		row := s.db.QueryRowContext(r.Context(), "select name from customers where id = $1", order.Customer) // want "GLC710 one query for each element"
		if row.Scan(&name) == nil {
			fmt.Fprintln(w, name)
		}
	}
}

func (s *Server) Insert(w http.ResponseWriter, r *http.Request) {
	tx, err := s.db.BeginTx(r.Context(), nil)
	if err != nil {
		return
	}
	defer tx.Rollback()
	for _, id := range r.URL.Query()["id"] {
		_, _ = tx.ExecContext(r.Context(), "insert into seen values ($1)", id) // want "GLC710"
	}
	_ = tx.Commit()
}

func (s *Server) Indirect(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.Form["id"] {
		fmt.Fprintln(w, s.name(r.Context(), id)) // want "GLC710 one query .sql.DB.QueryRowContext. for each"
	}
}

func (s *Server) name(ctx context.Context, id string) (name string) {
	_ = s.row(ctx, id).Scan(&name)
	return name
}

func (s *Server) row(ctx context.Context, id string) *sql.Row {
	return s.db.QueryRowContext(ctx, "select name from customers where id = $1", id)
}

func (s *Server) Gin(c *gin.Context) {
	ids := []int64{}
	for _, id := range ids {
		var o order
		_ = s.x.GetContext(c.Request.Context(), &o, "select * from orders where id = ?", id) // want "GLC710"
	}
}

func (s *Server) Map(w http.ResponseWriter, r *http.Request) {
	for name, values := range r.Form {
		_, _ = s.pool.Exec(r.Context(), "insert into form values ($1, $2)", name, len(values))
	}
	byName := map[string]order{}
	for name := range byName {
		_, _ = s.pool.Exec(r.Context(), "delete from orders where name = $1", name) // want "GLC710"
	}
}

func (s *Server) ORM() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, id := range r.Form["id"] {
			var o order
			s.orm.WithContext(r.Context()).Where("id = ?", id).Find(&o) // want "GLC710"
		}
	}
}

func (s *Server) All(w http.ResponseWriter, r *http.Request) {
	s.removeAll(r.Context(), r.Form["id"])
}

func (s *Server) removeAll(ctx context.Context, ids []string) {
	for _, id := range ids {
		if _, err := s.db.ExecContext(ctx, "delete from orders where id = $1", id); err != nil { // want "GLC710"
			return
		}
	}
}

func (s *Server) Prepared(w http.ResponseWriter, r *http.Request) {
	stmt, err := s.db.PrepareContext(r.Context(), "delete from orders where id = $1")
	if err != nil {
		return
	}
	defer stmt.Close()
	for _, id := range r.Form["id"] {
		_, _ = stmt.ExecContext(r.Context(), id) // want "GLC710"
	}
}
