package unlocks

import (
	"os"
	"sync"
)

func (s *store) deferred(key string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if item, ok := s.items[key]; ok {
		return item, nil
	}
	return 0, errMissing
}

func (s *store) everyPath(key string) (int, error) {
	s.mu.Lock()
	item, ok := s.items[key]
	if !ok {
		s.mu.Unlock()
		return 0, errMissing
	}
	s.mu.Unlock()
	return item, nil
}

func (s *store) inClosure(key string) int {
	s.mu.Lock()
	defer func() {
		s.items[key]++
		s.mu.Unlock()
	}()
	if key == "" {
		return 0
	}
	return s.items[key]
}

func (s *store) enter() { s.mu.Lock() }

func (s *store) leave() { s.mu.Unlock() }

func (s *store) byHelper(key string) int {
	s.mu.Lock()
	if key == "" {
		s.leave()
		return 0
	}
	n := s.items[key]
	s.leave()
	return n
}

// tryEnter returns with the lock held if it says true.
func (s *store) tryEnter(key string) bool {
	s.mu.Lock()
	if key == "" {
		s.mu.Unlock()
		return false
	}
	return true
}

func (s *store) ready(key string) bool {
	s.mu.Lock()
	if s.items[key] == 0 {
		s.mu.Unlock()
		return false
	}
	return true
}

func (s *store) useReady(key string) {
	if s.ready(key) {
		s.items[key]--
		s.mu.Unlock()
	}
}

func (s *store) correlated(key string, locked bool) int {
	if !locked {
		s.mu.Lock()
	}
	n := s.items[key]
	if !locked {
		s.mu.Unlock()
	}
	return n
}

type shared struct {
	mu *sync.Mutex
	n  int
}

func (s *shared) add() {
	if s.mu != nil {
		s.mu.Lock()
	}
	s.n++
	s.touch()
	if s.mu != nil {
		s.mu.Unlock()
	}
}

func (s *shared) touch() {}

// Gives the caller's lock back for a while.
func (s *store) waitFor(wait func()) {
	s.mu.Unlock()
	wait()
	s.mu.Lock()
}

func (s *store) handsOn(key string) (func(), error) {
	s.mu.Lock()
	if key == "" {
		s.mu.Unlock()
		return nil, errMissing
	}
	return s.mu.Unlock, nil
}

func (s *store) ends(key string) {
	s.mu.Lock()
	if key == "" {
		os.Exit(1)
	}
	s.mu.Unlock()
}

func (s *store) turns(keys []string) {
	s.mu.Lock()
	for _, key := range keys {
		s.mu.Unlock()
		println(key)
		s.mu.Lock()
	}
	s.mu.Unlock()
}

// The other half gives it back.
func (s *store) addPending(key string) error {
	s.mu.Lock()
	if _, ok := s.items[key]; ok {
		s.mu.Unlock()
		return os.ErrExist
	}
	return nil
}

func (s *store) commit(key string) {
	s.items[key]++
	s.mu.Unlock()
}

type reporter interface {
	Helper()
	Fatal(args ...any)
}

// Whatever has a method Fatal does not come back from it.
func (s *store) resume(t reporter, count int) {
	s.mu.Lock()
	switch {
	case count < 0:
		t.Fatal("negative count")
	default:
		s.mu.Unlock()
	}
}

type snapshot struct{ of *store }

func (s *snapshot) done() { s.of.mu.Unlock() }

// What is returned gives the lock back.
func (s *store) view(key string) *snapshot {
	s.mu.Lock()
	if _, ok := s.items[key]; !ok {
		s.mu.Unlock()
		return nil
	}
	return &snapshot{of: s}
}
