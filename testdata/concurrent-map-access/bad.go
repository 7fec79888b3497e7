package mapaccess

import (
	"net/http"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

func filledByGoroutines(pages []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			counts[page] = len(page) // want "GLC508 the map counts is written by many goroutines at once with no lock held: under load the runtime ends the process"
		}()
	}
	wg.Wait()
	return counts
}

func filledByGroup(pages []string) (map[string]int, error) {
	counts := make(map[string]int)
	var g errgroup.Group
	for _, page := range pages {
		g.Go(func() error {
			counts[page]++ // want "GLC508 the map counts is written by many goroutines"
			return nil
		})
	}
	err := g.Wait()
	return counts, err
}

func deletedMeanwhile(done []string) int {
	pending := map[string]bool{"a": true, "b": true}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for _, name := range done {
			delete(pending, name) // want "GLC508 the map pending is written while another reads it"
		}
	}()
	left := 0
	for range pending {
		left++
	}
	<-finished
	return left
}

type limits struct {
	mu   sync.Mutex
	used map[string]int
}

func (l *limits) spend(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used[key]++
}

func (l *limits) exhausted(key string) bool {
	return l.used[key] > 100 // want "GLC508 the map l.used is read while another goroutine writes it"
}

// The lock is in one of the two methods only.
func throughMethods(l *limits, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			if !l.exhausted(key) {
				l.spend(key)
			}
		})
	}
	wg.Wait()
}

type index struct {
	words map[string][]int
}

func (x *index) add(word string, line int) {
	x.words[word] = append(x.words[word], line) // want "GLC508 the map x.words is written by many goroutines"
}

func (x *index) scan(line int, text string, wg *sync.WaitGroup) {
	defer wg.Done()
	for word := range strings.FieldsSeq(text) {
		x.add(word, line)
	}
}

// A method as a goroutine, the write two calls away.
func namedGoroutines(x *index, lines []string) {
	var wg sync.WaitGroup
	for i, line := range lines {
		wg.Add(1)
		go x.scan(i, line, &wg)
	}
	wg.Wait()
}

var hits = map[string]int{}

func count(w http.ResponseWriter, r *http.Request) {
	hits[r.URL.Path]++ // want "GLC508 the map hits is written for many requests at once"
	w.WriteHeader(http.StatusNoContent)
}

type sessions struct {
	users map[string]string
}

func (s *sessions) login(w http.ResponseWriter, r *http.Request) {
	s.remember(r.URL.Query().Get("name"))
	w.WriteHeader(http.StatusNoContent)
}

func (s *sessions) remember(name string) {
	s.users["token-"+name] = name // want "GLC508 the map s.users is written for many requests at once"
}

func (s *sessions) logout(w http.ResponseWriter, r *http.Request) {
	users := s.users
	delete(users, r.URL.Query().Get("token")) // want "GLC508 the map s.users is written for many requests"
	w.WriteHeader(http.StatusNoContent)
}

// One map in the closure, for all requests.
func visits() http.HandlerFunc {
	seen := map[string]bool{}
	return func(w http.ResponseWriter, r *http.Request) {
		seen[r.RemoteAddr] = true // want "GLC508 the map seen is written"
		w.WriteHeader(http.StatusNoContent)
	}
}

// Two locks are no lock.
func twoLocks(keys []string) map[string]int {
	var reading, writing sync.Mutex
	table := map[string]int{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			reading.Lock()
			n := table[key]
			reading.Unlock()
			writing.Lock()
			defer writing.Unlock()
			table[key] = n + 1 // want "GLC508 the map table is written while another reads it"
		})
	}
	wg.Wait()
	return table
}

type store[K comparable] struct {
	values map[K]int
}

func (s *store[K]) put(key K, value int) {
	s.values[key] = value
}

func generic(keys []string) int {
	s := &store[string]{values: map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i, key := range keys {
			s.values[key] = i // want "GLC508 the map s.values is written while another reads it"
		}
	}()
	n := s.values["a"]
	<-done
	return n
}
