package open

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

func (s *Server) Bounded(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	_ = s.db.PingContext(ctx)
	ctx = context.WithValue(ctx, key{}, 1)
	_ = s.db.PingContext(ctx)
}

func (s *Server) BoundedHelper(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithDeadline(r.Context(), time.Now().Add(time.Second))
	defer cancel()
	s.clean(ctx)
}

func (s *Server) clean(ctx context.Context) {
	_, _ = s.db.ExecContext(ctx, "delete from sessions")
}

func limited(ctx context.Context) context.Context {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

func (s *Server) Unseen(w http.ResponseWriter, r *http.Request) {
	_, _ = s.db.ExecContext(limited(r.Context()), "delete from sessions")
}

func (s *Server) Replaced(w http.ResponseWriter, r *http.Request) {
	r = r.WithContext(limited(r.Context()))
	_, _ = s.db.ExecContext(r.Context(), "delete from sessions")
}

func (s *Server) Set(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if r.URL.Path != "/slow" {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second)
		defer cancel()
	}
	_ = s.db.PingContext(ctx)
}

// Not request code.
func (s *Server) Nightly(ctx context.Context) error {
	return s.db.PingContext(ctx)
}

type job struct{ ctx context.Context }

func (s *Server) Field(w http.ResponseWriter, r *http.Request) {
	j := job{limited(r.Context())}
	_ = s.db.PingContext(j.ctx)
}

func (s *Server) GinBounded(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	_ = s.pool.Ping(ctx)
}
