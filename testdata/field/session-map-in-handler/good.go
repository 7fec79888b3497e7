// Repair of bad.go: a mutex in the server value.

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type sessions struct {
	mu   sync.Mutex
	user map[string]string
}

func (s *sessions) login(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	s.mu.Lock()
	s.user["token-"+name] = name
	s.mu.Unlock()
	fmt.Fprintln(w, "welcome")
}

func (s *sessions) whoami(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	name := s.user[r.URL.Query().Get("token")]
	s.mu.Unlock()
	fmt.Fprintln(w, name)
}

func newServer() http.Handler {
	s := &sessions{user: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/login", s.login)
	mux.HandleFunc("/whoami", s.whoami)
	return mux
}

func main() {
	server := newServer()
	var wg sync.WaitGroup
	for _, path := range []string{"/login?name=ada", "/whoami?token=x", "/login?name=alan"} {
		wg.Add(1)
		go func(path string) {
			defer wg.Done()
			request := httptest.NewRequest(http.MethodGet, path, nil)
			server.ServeHTTP(httptest.NewRecorder(), request)
		}(path)
	}
	wg.Wait()
}
