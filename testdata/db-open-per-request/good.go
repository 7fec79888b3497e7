package pools

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

func NewServer(dsn string) (*Server, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return &Server{dsn: dsn, db: db}, nil
}

// Opened when it is first needed, and kept.
func (s *Server) Lazy(w http.ResponseWriter, r *http.Request) {
	if s.db == nil {
		db, err := sql.Open("postgres", s.dsn)
		if err != nil {
			return
		}
		s.db = db
	}
	_ = s.db.PingContext(r.Context())
}

var (
	once   sync.Once
	shared *sql.DB
)

func Once(w http.ResponseWriter, r *http.Request) {
	once.Do(func() { shared, _ = sql.Open("postgres", "dbname=app") })
	_ = shared.PingContext(r.Context())
}

// One pool for each tenant.
func (s *Server) Tenant(w http.ResponseWriter, r *http.Request) {
	name := r.Header.Get("X-Tenant")
	db, ok := s.pools[name]
	if !ok {
		db, _ = sql.Open("postgres", "dbname="+name)
		s.pools[name] = db
	}
	_ = db.PingContext(r.Context())
}

// The address comes with the request: this is a test of it.
func TryConnection(w http.ResponseWriter, r *http.Request) {
	var form struct{ DSN string }
	if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
		return
	}
	db, err := sql.Open("postgres", form.DSN)
	if err != nil {
		return
	}
	defer db.Close()
	_ = db.PingContext(r.Context())
}

// Tries until the database is up.
func Wait(ctx context.Context, dsn string) (*sql.DB, error) {
	for {
		db, err := sql.Open("postgres", dsn)
		if err == nil {
			err = db.PingContext(ctx)
		}
		if err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
}

func WaitOutside(ctx context.Context, dsn string) (db *sql.DB, err error) {
	for i := 0; ; i++ {
		db, err = sql.Open("postgres", dsn)
		if err != nil {
			return nil, err
		}
		if db.PingContext(ctx) == nil || i > 10 {
			break
		}
		_ = db.Close()
	}
	return db, nil
}

func Shards(addresses []string) []*sql.DB {
	var shards []*sql.DB
	for _, address := range addresses {
		db, err := sql.Open("postgres", address)
		if err != nil {
			continue
		}
		shards = append(shards, db)
	}
	return shards
}

func CheckAll(ctx context.Context, addresses []string) error {
	for _, address := range addresses {
		db, err := sql.Open("postgres", "host="+address)
		if err != nil {
			return err
		}
		err = db.PingContext(ctx)
		_ = db.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func Twice() error {
	for i := 0; i < 2; i++ {
		db, err := sql.Open("postgres", "dbname=app")
		if err != nil {
			return err
		}
		_ = db.Close()
	}
	return nil
}

func Migrate(ctx context.Context, dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "create table t (id int)")
	return err
}
