package acme

import (
	"net/http"
	"time"
	clock "time"
)

func show(w http.ResponseWriter, r *http.Request) {
	time.Sleep(200 * time.Millisecond) // want "ACME101 every request waits here"
	w.WriteHeader(http.StatusOK)
}

func list(w http.ResponseWriter, r *http.Request) {
	settle()
	defer func() {
		clock.Sleep(clock.Second) // want "ACME101"
	}()
}

func settle() {
	time.Sleep(time.Second) // want "ACME101"
}
