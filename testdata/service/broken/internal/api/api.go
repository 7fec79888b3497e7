// Package api is what customers see.
package api

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"

	"example.com/parcels/internal/archive"
	"example.com/parcels/internal/cache"
	"example.com/parcels/internal/carrier"
	"example.com/parcels/internal/limits"
	"example.com/parcels/internal/notify"
	"example.com/parcels/internal/store"
)

// Server answers requests.
type Server struct {
	store    *store.Store
	cache    *cache.Cache
	carriers *carrier.Client
	limits   *limits.Limits
	notifier *notify.Notifier
	archive  *archive.Archive
	labels   string
	updates  chan store.Event
}

// New returns the handler of the whole service.
func New(
	parcels *store.Store,
	recent *cache.Cache,
	carriers *carrier.Client,
	limits *limits.Limits,
	notifier *notify.Notifier,
	history *archive.Archive,
	labels string,
) http.Handler {
	s := &Server{
		store:    parcels,
		cache:    recent,
		carriers: carriers,
		limits:   limits,
		notifier: notifier,
		archive:  history,
		labels:   labels,
		updates:  make(chan store.Event, 16),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /parcels/{id}", s.status)
	mux.HandleFunc("GET /parcels/{id}/page", s.page)
	mux.HandleFunc("POST /parcels/{id}/events", s.record)
	mux.HandleFunc("POST /parcels/{id}/photo", s.photo)
	mux.HandleFunc("GET /customers/{id}/export", s.export)
	mux.HandleFunc("GET /stream", s.stream)
	mux.HandleFunc("GET /parcels/{id}/label", s.label)
	mux.HandleFunc("GET /gateways", s.gateway)
	return mux
}

// status answers from the cache first.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	entry, ok := s.cache.Get(id)
	if !ok {
		var err error
		if entry, err = s.cache.Refresh(r.Context(), id); err != nil {
			http.Error(w, "unknown parcel", http.StatusNotFound)
			return
		}
	}
	fmt.Fprintln(w, entry.Status)
}

// page shows a parcel and its history, which are read side by side.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var history []store.Event
	var err error
	read := make(chan struct{})
	go func() {
		defer close(read)
		history, err = s.archive.History(r.Context(), id) // want "GLC509 err is written here"
	}()
	status, err := s.store.Status(r.Context(), id)
	<-read
	if err != nil {
		http.Error(w, "unknown parcel", http.StatusNotFound)
		return
	}
	fmt.Fprintln(w, status, len(history))
}

// record takes what a carrier reports, and tells the subscribers.
func (s *Server) record(w http.ResponseWriter, r *http.Request) {
	var event store.Event
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil { // want "GLC609 json.NewDecoder"
		http.Error(w, "not an event", http.StatusBadRequest)
		return
	}
	if err := s.store.Record(r.Context(), event); err != nil {
		http.Error(w, "not recorded", http.StatusInternalServerError)
		return
	}
	go func() { // want "GLC101"
		s.updates <- event
	}()
	w.WriteHeader(http.StatusAccepted)
}

// photo takes the picture of a delivery.
func (s *Server) photo(w http.ResponseWriter, r *http.Request) {
	go func() { // want "GLC102 .*uses w," "GLC101"
		fmt.Fprintln(w, "taken")
	}()
}

// export lists what is under way to a customer.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	ids, err := s.store.Underway(r.Context(), r.PathValue("id"))
	if err != nil {
		http.Error(w, "no export", http.StatusInternalServerError)
		return
	}
	for _, id := range ids {
		fmt.Fprintln(w, id)
	}
	runtime.GC() // want "GLC908 .*single request"
}

// stream sends events as they come.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for { // want "GLC610"
		event := <-s.updates
		fmt.Fprintf(w, "data: %s %s\n\n", event.Parcel, event.Status)
	}
}

// label says how a parcel was printed: labels have a database of their own.
func (s *Server) label(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", s.labels) // want "GLC704 every request opens a pool"
	if err != nil {
		http.Error(w, "no labels", http.StatusInternalServerError)
		return
	}
	defer db.Close()
	db.SetMaxOpenConns(2)
	var format string
	row := db.QueryRowContext(r.Context(), "select format from labels where parcel = $1", r.PathValue("id"))
	if err := row.Scan(&format); err != nil {
		http.Error(w, "unknown parcel", http.StatusNotFound)
		return
	}
	fmt.Fprintln(w, format)
}

// gateway says what a gateway answers to this host.
func (s *Server) gateway(w http.ResponseWriter, r *http.Request) {
	transport := http.DefaultTransport.(*http.Transport).Clone() // want "GLC606"
	client := &http.Client{Transport: transport, Timeout: 5 * time.Second}
	req, err := http.NewRequestWithContext(r.Context(), http.MethodHead, r.FormValue("url"), nil)
	if err != nil {
		http.Error(w, "not a gateway", http.StatusBadRequest)
		return
	}
	resp, err := client.Do(req)
	if err != nil {
		http.Error(w, "no answer", http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	fmt.Fprintln(w, resp.Status)
}

// Freeze keeps everything still while a backup is made.
func Freeze(locks [8]*sync.Mutex, backup func()) {
	locks[0].Lock()
	defer locks[0].Unlock()
	locks[1].Lock()
	defer locks[1].Unlock()
	locks[2].Lock()
	defer locks[2].Unlock()
	locks[3].Lock()
	defer locks[3].Unlock()
	locks[4].Lock()
	defer locks[4].Unlock()
	locks[5].Lock()
	defer locks[5].Unlock()
	locks[6].Lock()
	defer locks[6].Unlock()
	locks[7].Lock()
	defer locks[7].Unlock() // want "GLC802 8 deferred calls"
	backup()
}
