package mismatch

import "sync"

func (s *store) fine(key string) int {
	s.table.RLock()
	defer s.table.RUnlock()
	return s.items[key]
}

func (s *store) everyPath(key string) int {
	s.mu.Lock()
	n, ok := s.items[key]
	if !ok {
		s.mu.Unlock()
		return 0
	}
	s.mu.Unlock()
	return n
}

// Gives the caller's lock back for a while.
func (s *store) yield(wait func()) {
	s.mu.Unlock()
	wait()
	s.mu.Lock()
}

func (s *store) yields(wait func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.Unlock()
	wait()
	s.mu.Lock()
}

func (s *store) usesYield(wait func()) {
	s.mu.Lock()
	s.yield(wait)
	s.mu.Unlock()
}

func (s *store) correlated(locked bool) {
	if !locked {
		s.mu.Lock()
	}
	s.items["a"]++
	if !locked {
		s.mu.Unlock()
	}
}

func (s *store) flag(key string) {
	locked := true
	s.mu.Lock()
	defer func() {
		if locked {
			s.mu.Unlock()
		}
	}()
	if key == "" {
		s.mu.Unlock()
		locked = false
		return
	}
	s.items[key]++
}

func (s *store) upgrade(key string) {
	s.table.RLock()
	_, ok := s.items[key]
	s.table.RUnlock()
	if !ok {
		s.table.Lock()
		s.items[key] = 1
		s.table.Unlock()
	}
}

func (s *store) downgrade(key string) int {
	s.table.Lock()
	s.items[key]++
	s.table.Unlock()
	s.table.RLock()
	defer s.table.RUnlock()
	return s.items[key]
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

type node struct {
	mu   sync.Mutex
	next *node
}

func handOver(n *node) {
	n.mu.Lock()
	for n.next != nil {
		next := n.next
		next.mu.Lock()
		n.mu.Unlock()
		n = next
	}
	n.mu.Unlock()
}

func elements(all []*store, i, j int) {
	all[i].mu.Lock()
	all[j].mu.Lock()
	all[i].mu.Unlock()
	all[j].mu.Unlock()
}

func twoReaders(s *store, other *store) {
	s.table.RLock()
	other.table.RLock()
	other.table.RUnlock()
	s.table.RUnlock()
}

func (s *store) enter() { s.mu.Lock() }

func (s *store) byHelpers() {
	s.mu.Lock()
	s.mu.Unlock()
	s.enter()
	s.mu.Unlock()
}

func (s *store) either(write bool) {
	if write {
		s.table.Lock()
		defer s.table.Unlock()
	} else {
		s.table.RLock()
		defer s.table.RUnlock()
	}
	s.items["a"] = 0
}

func (s *store) tried() {
	if s.mu.TryLock() {
		s.mu.Unlock()
	}
	s.mu.Lock()
	s.mu.Unlock()
}

// A second RLock needs a second RUnlock, if it is a mistake in itself.
func (s *store) readTwice(key string) int {
	s.table.RLock()
	n := s.items[key]
	s.table.RLock()
	n += s.items[key+key]
	s.table.RUnlock()
	s.table.RUnlock()
	return n
}

type readOptions struct {
	slow     bool
	revision int
	size     int
}

// Locks for the whole of it or piece by piece; other fields of the options change meanwhile.
func (s *store) slowly(options *readOptions, keys []string) (sum int) {
	if !options.slow {
		s.table.RLock()
		defer s.table.RUnlock()
	}
	rest := min(options.size, len(keys))
	for _, key := range keys[:rest] {
		if options.slow {
			s.table.RLock()
		}
		if s.items[key] == 0 {
			if options.slow {
				s.table.RUnlock()
			}
			return sum
		}
		options.revision++
		sum += s.items[key]
		if options.slow {
			s.table.RUnlock()
		}
	}
	return sum
}

// Without the lock for a while: the deferred Lock runs before the deferred Unlock.
func (s *store) listens(listen func() error) error {
	s.table.Lock()
	defer s.table.Unlock()
	if s.items == nil {
		s.table.Unlock()
		defer s.table.Lock()
		return listen()
	}
	return nil
}
