// Package unlocks holds functions that may return with a lock held.
package unlocks

import (
	"errors"
	"sync"
)

var errMissing = errors.New("missing")

type store struct {
	mu    sync.Mutex
	table sync.RWMutex
	items map[string]int
}

func (s *store) get(key string) (int, error) {
	s.mu.Lock() // want "GLC501 s.mu stays locked on a path to a return"
	item, ok := s.items[key]
	if !ok {
		return 0, errMissing
	}
	s.mu.Unlock()
	return item, nil
}

func (s *store) read(key string) int {
	s.table.RLock() // want "GLC501 .*defer s.table.RUnlock\(\)"
	if item, ok := s.items[key]; ok {
		s.table.RUnlock()
		return item
	}
	return 0
}

func (s *store) write(keys []string) error {
	s.table.Lock() // want "GLC501"
	for _, key := range keys {
		if key == "" {
			return errMissing
		}
		s.items[key]++
	}
	s.table.Unlock()
	return nil
}

func (s *store) choose(kind int) {
	s.mu.Lock() // want "GLC501"
	switch kind {
	case 0:
		s.items["a"]++
		s.mu.Unlock()
	case 1:
		s.items["b"]++
	default:
		s.mu.Unlock()
	}
}

var (
	global sync.Mutex
	count  int
)

func packageLevel(n int) bool {
	global.Lock() // want "GLC501"
	if count += n; count < 0 {
		return false
	}
	global.Unlock()
	return true
}

func local(jobs []func() error) error {
	var mu sync.Mutex
	for _, job := range jobs {
		mu.Lock() // want "GLC501"
		if err := job(); err != nil {
			return err
		}
		mu.Unlock()
	}
	return nil
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) step() bool {
	e.Lock() // want "GLC501"
	if e.n > 10 {
		return false
	}
	e.n++
	e.Unlock()
	return true
}

func closure(s *store) func(string) bool {
	return func(key string) bool {
		s.mu.Lock() // want "GLC501"
		if s.items[key] == 0 {
			return false
		}
		s.mu.Unlock()
		return true
	}
}

// Unlocks the wrong one on one path.
func (s *store) mixed(key string) {
	s.mu.Lock() // want "GLC501"
	if key == "" {
		s.table.Unlock()
		return
	}
	s.mu.Unlock()
}

func (s *store) again(key string) int {
	s.mu.Lock()
	n := s.items[key]
	s.mu.Unlock()
	s.mu.Lock() // want "GLC501"
	if n == 0 {
		return 0
	}
	s.mu.Unlock()
	return n
}

// The unlock stands between empty lines.
func (s *store) spaced(key string) (int, error) {
	s.mu.Lock() // want "GLC501"

	item, ok := s.items[key]
	if !ok {
		return 0, errMissing
	}

	s.mu.Unlock()

	return item, nil
}

// The unlock is the last statement of its function.
func (s *store) drop(key string) {
	s.mu.Lock() // want "GLC501"
	if key == "" {
		return
	}
	delete(s.items, key)

	s.mu.Unlock()
}

// Something long follows the unlock: to defer it would hold the lock for that.
func (s *store) longTail(key string, report func(int)) {
	s.mu.Lock() // want "GLC501"
	n := s.items[key]
	if n == 0 {
		return
	}
	s.mu.Unlock()
	report(n)
}

func (s *store) exit() { s.mu.Unlock() }

// One path leaves the unlock to a helper: a deferred one would come on top.
func (s *store) partlyByHelper(key string) int {
	s.mu.Lock() // want "GLC501"
	switch key {
	case "":
		return 0
	case "a":
		s.exit()
		return 1
	}
	s.mu.Unlock()
	return 2
}
