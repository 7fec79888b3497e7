package readlock

import (
	"sync"
	"time"
)

type document struct {
	body string
	hits int
}

type library struct {
	mu       sync.RWMutex
	main     document
	books    map[string]string
	opened   int
	lastUsed time.Time
	names    []string
}

func (l *library) field() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.opened++ // want "GLC513 l.opened is set while l.mu is held for reading"
	return l.books["a"]
}

func (l *library) nested() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.main.hits++ // want "GLC513 l.main.hits is set"
	return l.main.body
}

// Filled on demand, by a reader.
func (l *library) onDemand(name string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	text, ok := l.books[name]
	if !ok {
		text = "text of " + name
		l.books[name] = text // want "GLC513 an entry of l.books is set"
	}
	return text
}

func (l *library) expire(name string) {
	l.mu.RLock()
	books := l.books
	delete(books, name) // want "GLC513 an entry of l.books is set"
	l.mu.RUnlock()
}

func (l *library) appends(name string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.names = append(l.names, name) // want "GLC513 l.names is set"
}

func (l *library) touch() {
	l.lastUsed = time.Now() // want "GLC513 l.lastUsed is set while l.mu is held for reading"
}

// The write is a call away.
func (l *library) throughMethod() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.touch()
	return l.main.body
}

type shelf struct {
	sync.RWMutex
	count int
}

func (s *shelf) embedded() int {
	s.RLock()
	defer s.RUnlock()
	s.count += 2 // want "GLC513 s.count is set while s.RWMutex is held for reading"
	return s.count
}

var (
	tableMu sync.RWMutex
	table   = map[string]int{}
	lookups int
)

func packageVariable(name string) int {
	tableMu.RLock()
	defer tableMu.RUnlock()
	lookups++ // want "GLC513 lookups is set while tableMu is held for reading"
	return table[name]
}

func localLock(names []string) int {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	longest := 0
	for _, name := range names {
		wg.Go(func() {
			mu.RLock()
			defer mu.RUnlock()
			if len(name) > longest {
				longest = len(name) // want "GLC513 longest is set while mu is held for reading"
			}
		})
	}
	wg.Wait()
	return longest
}

// Given back too early, and taken again for reading only.
func (l *library) downgraded(name string) {
	l.mu.Lock()
	l.books[name] = "new"
	l.mu.Unlock()
	l.mu.RLock()
	l.opened++ // want "GLC513 l.opened is set"
	l.mu.RUnlock()
}
