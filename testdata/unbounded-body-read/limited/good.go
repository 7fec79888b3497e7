// Package limited bounds all bodies in one place.
package limited

import (
	"encoding/json"
	"io"
	"net/http"
)

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/create", create)
	mux.HandleFunc("/read", read)
	return http.MaxBytesHandler(mux, 1<<20)
}

func create(w http.ResponseWriter, r *http.Request) {
	var in struct{ Name string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "decode", http.StatusBadRequest)
	}
}

func read(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		w.Write(body)
	}
}

// Handler is what the server runs.
var Handler = routes()
