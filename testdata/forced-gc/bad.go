// Package export collects garbage by hand.
package export

import (
	"net/http"
	"runtime"
	"runtime/debug"
	"time"
)

type service struct{ rows [][]byte }

func export(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("rows"))
	runtime.GC() // want "GLC908 .*single request.*GOMEMLIMIT"
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, row := range s.rows {
		w.Write(row)
	}
	debug.FreeOSMemory() // want "GLC908 .*FreeOSMemory"
}

func deferred(w http.ResponseWriter, r *http.Request) {
	defer runtime.GC() // want "GLC908"
	w.Write(nil)
}

func list(w http.ResponseWriter, r *http.Request) {
	render(w)
}

func render(w http.ResponseWriter) {
	w.Write(nil)
	runtime.GC() // want "GLC908"
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		runtime.GC() // want "GLC908"
	})
}

func batches(rows [][]byte, store func([]byte)) {
	for _, row := range rows {
		store(row)
		runtime.GC() // want "GLC908 .*every turn"
	}
}

func ticking(stop chan struct{}) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			debug.FreeOSMemory() // want "GLC908"
		case <-stop:
			return
		}
	}
}

func nested(rows [][][]byte, store func([]byte)) {
	for _, group := range rows {
		for i := 0; i < len(group); i++ {
			store(group[i])
			if i%100 == 0 {
				runtime.GC() // want "GLC908"
			}
		}
	}
}
