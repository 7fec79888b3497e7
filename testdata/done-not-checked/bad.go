// Package unchecked holds loops that wait and never look at their context.
package unchecked

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

type store struct{ db *sql.DB }

func (s *store) load(ctx context.Context, ids []int) error {
	for _, id := range ids { // want "GLC309 .*pass ctx on"
		if _, err := s.db.Exec("delete from t where id = $1", id); err != nil {
			return err
		}
	}
	return nil
}

func polls(ctx context.Context, ready func() bool) {
	for !ready() { // want "GLC309"
		time.Sleep(time.Second)
	}
}

func consumes(ctx context.Context, in chan int) (sum int) {
	for n := range in { // want "GLC309"
		sum += n
	}
	return sum
}

func sends(ctx context.Context, out chan<- int, values []int) {
	for _, value := range values { // want "GLC309"
		out <- value
	}
}

func commands(ctx context.Context, names []string) {
	for _, name := range names { // want "GLC309"
		_ = exec.Command(name).Run()
	}
}

func fetch(url string) {
	response, err := http.Get(url)
	if err == nil {
		response.Body.Close()
	}
}

func fetchOne(url string) { fetch(url) }

func throughHelpers(ctx context.Context, urls []string) {
	for _, url := range urls { // want "GLC309"
		fetchOne(url)
	}
}

func forRequest(w http.ResponseWriter, r *http.Request, urls []string) {
	for _, url := range urls { // want "GLC309 .*r.Context\(\)"
		fetch(url)
	}
}

func closure(ctx context.Context, urls []string) func() {
	return func() {
		for _, url := range urls { // want "GLC309"
			fetch(url)
		}
	}
}
