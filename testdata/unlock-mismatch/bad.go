// Package mismatch holds unlocks of locks that are not locked, or not in that way.
package mismatch

import "sync"

type store struct {
	mu    sync.Mutex
	table sync.RWMutex
	items map[string]int
}

func (s *store) twice(key string) {
	s.mu.Lock()
	s.items[key]++
	s.mu.Unlock()
	s.mu.Unlock() // want "GLC512 s.mu is unlocked already on every path to here"
}

func (s *store) deferredToo(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.items[key]
	if !ok {
		s.mu.Unlock() // want "GLC512 s.mu is unlocked here and again by a deferred call"
		return 0
	}
	return n
}

func (s *store) wrongRead(key string) int {
	s.table.RLock()
	n := s.items[key]
	s.table.Unlock() // want "GLC512 .*taken by RLock .*write s.table.RUnlock\(\)"
	return n
}

func (s *store) wrongWrite(key string) {
	s.table.Lock()
	s.items[key]++
	s.table.RUnlock() // want "GLC512 .*taken by Lock .*write s.table.Unlock\(\)"
}

func (s *store) wrongDeferred(key string) int {
	s.table.RLock()
	defer s.table.Unlock() // want "GLC512 .*write s.table.RUnlock\(\)"
	return s.items[key]
}

func (s *store) afterBranches(key string) {
	s.mu.Lock()
	if key == "" {
		s.mu.Unlock()
	} else {
		s.items[key]++
		s.mu.Unlock()
	}
	s.mu.Unlock() // want "GLC512"
}

var global sync.Mutex

func packageLevel() {
	global.Lock()
	global.Unlock()
	global.Unlock() // want "GLC512"
}

type embedded struct {
	sync.RWMutex
	n int
}

func (e *embedded) get() int {
	e.RLock()
	defer e.RWMutex.Unlock() // want "GLC512"
	return e.n
}

func (s *store) leave() { s.mu.Unlock() }

func (s *store) byHelper() {
	s.mu.Lock()
	s.leave()
	s.mu.Unlock() // want "GLC512"
}

func closure(s *store) func() {
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.items["a"]++
		s.mu.Unlock() // want "GLC512"
	}
}

func alias(s *store) {
	mu := &s.mu
	mu.Lock()
	mu.Unlock()
	s.mu.Unlock() // want "GLC512"
}
