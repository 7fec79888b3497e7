// Pattern: handler methods read and write a map field of the server value.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// concurrent map access.
// Under load: net/http runs every request in its own goroutine, so two logins at once can
// end the process.
// Expected: GLC508 at the write in the handler.

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type sessions struct {
	user map[string]string
}

func (s *sessions) login(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	s.user["token-"+name] = name // want "GLC508"
	fmt.Fprintln(w, "welcome")
}

func (s *sessions) whoami(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, s.user[r.URL.Query().Get("token")]) // allow "GLC508"
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
