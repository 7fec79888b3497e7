// Package empty holds locks that are given back at once.
package empty

import "sync"

type counter struct {
	mu    sync.Mutex
	table sync.RWMutex
	hits  map[string]int
	total int
}

func (c *counter) assign(page string) {
	c.mu.Lock() // want "GLC507 c.mu is given back at once .*defer c.mu.Unlock\(\)"
	c.mu.Unlock()
	c.hits[page] = 1
}

func (c *counter) increment() {
	c.mu.Lock() // want "GLC507"
	c.mu.Unlock()
	c.total++
}

func (c *counter) read(page string) int {
	c.table.RLock() // want "GLC507 .*defer c.table.RUnlock\(\)"
	c.table.RUnlock()
	return c.hits[page]
}

func (c *counter) write(page string) {
	c.table.Lock() // want "GLC507"
	c.table.Unlock()
	delete(c.hits, page)
}

func (c *counter) branch(page string) bool {
	c.mu.Lock() // want "GLC507"
	c.mu.Unlock()
	if c.hits[page] > 0 {
		c.total++
		return true
	}
	return false
}

func (c *counter) loop() int {
	c.mu.Lock() // want "GLC507"
	c.mu.Unlock()
	for _, n := range c.hits {
		c.total += n
	}
	return 0
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) step() {
	e.Lock() // want "GLC507"
	e.Unlock()
	e.n++
}

func closure(c *counter) func() {
	return func() {
		c.mu.Lock() // want "GLC507"
		c.mu.Unlock()
		c.total++
	}
}

func inCase(c *counter, kind int) {
	switch kind {
	case 0:
		c.mu.Lock() // want "GLC507"
		c.mu.Unlock()
		c.total++
	}
}
