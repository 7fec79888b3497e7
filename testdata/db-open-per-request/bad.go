package pools

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)

type Server struct {
	dsn       string
	dialector gorm.Dialector
	db        *sql.DB
	pools     map[string]*sql.DB
}

func (s *Server) User(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", s.dsn) // want "GLC704 every request opens a pool"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer db.Close()
	var name string
	err = db.QueryRowContext(r.Context(), "select name from users").Scan(&name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	fmt.Fprint(w, name)
}

func (s *Server) Never(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", s.dsn) // want "GLC704"
	if err != nil {
		return
	}
	_, _ = db.ExecContext(r.Context(), "update visits set n = n + 1")
}

func (s *Server) open() (*sql.DB, error) {
	return sql.Open("postgres", s.dsn) // want "GLC704"
}

func (s *Server) Orders(w http.ResponseWriter, r *http.Request) {
	db, err := s.open()
	if err != nil {
		return
	}
	defer db.Close()
	_ = db.PingContext(r.Context())
}

func connect(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, dsn) // want "GLC704"
	if err != nil {
		return nil, err
	}
	return pool, pool.Ping(ctx)
}

func Items(c *gin.Context) {
	pool, err := connect(c.Request.Context(), os.Getenv("DATABASE_URL"))
	if err != nil {
		return
	}
	defer pool.Close()
	_ = pool.Ping(c.Request.Context())
}

func Cached(w http.ResponseWriter, r *http.Request) {
	rdb := redis.NewClient(&redis.Options{Addr: "cache:6379"}) // want "GLC704"
	defer rdb.Close()
	value, _ := rdb.Get(r.Context(), r.URL.Path).Result()
	fmt.Fprint(w, value)
}

func (s *Server) Find() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		db, err := gorm.Open(s.dialector, &gorm.Config{}) // want "GLC704"
		if err != nil {
			return
		}
		var users []string
		db.Find(&users)
		fmt.Fprint(w, users)
	}
}

func (s *Server) Report(w http.ResponseWriter, r *http.Request) {
	dsn := s.dsn + "?sslmode=disable"
	db := sqlx.MustConnect("postgres", dsn) // want "GLC704"
	defer func() { _ = db.Close() }()
	var total int
	_ = db.Get(&total, "select count(*) from orders")
	fmt.Fprint(w, total)
}

func (s *Server) Poll(ctx context.Context) {
	for ctx.Err() == nil {
		db, err := sql.Open("postgres", s.dsn) // want "GLC704 every turn of this loop"
		if err != nil {
			log.Print(err)
			continue
		}
		_, _ = db.ExecContext(ctx, "delete from sessions where expires < now()")
		_ = db.Close()
		time.Sleep(time.Minute)
	}
}

func Import(dsn string, files []string) error {
	for _, file := range files {
		db, err := sql.Open("mysql", os.Getenv("DSN")) // want "GLC704"
		if err != nil {
			return err
		}
		_, err = db.Exec("load data infile ?", file)
		_ = db.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
