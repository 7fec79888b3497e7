package empty

import "sync"

func (c *counter) fine(page string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits[page]++
}

func (c *counter) short(page string) {
	c.mu.Lock()
	c.hits[page]++
	c.mu.Unlock()
	c.total++
}

func (c *counter) barrier(page string) int {
	// Wait for whoever writes.
	c.mu.Lock()
	c.mu.Unlock()
	n := c.hits[page]
	return n
}

func (c *counter) barrierBehind() {
	c.mu.Lock()
	c.mu.Unlock() // wait for the writer
	c.total++
}

func (c *counter) last() {
	c.mu.Lock()
	c.mu.Unlock()
}

func (c *counter) other() {
	c.mu.Lock()
	c.table.Unlock()
	c.total++
}

func (c *counter) local() int {
	var once sync.Mutex
	once.Lock()
	once.Unlock()
	return 3
}

func (c *counter) released(stop chan struct{}) {
	c.mu.Lock()
	c.mu.Unlock()
	close(stop)
}

func (c *counter) elements(all []*counter, i, j int) {
	all[i].mu.Lock()
	all[j].mu.Unlock()
	c.total++
}

func (c *counter) yields() {
	c.mu.Unlock()
	c.mu.Lock()
	c.total++
}

type gate struct{}

func (gate) Lock()   {}
func (gate) Unlock() {}

func notALock(c *counter) {
	var g gate
	g.Lock()
	g.Unlock()
	c.total++
}

func letReadersThrough(c *counter) {
	c.mu.Unlock()
	c.table.RLock()
	c.table.RUnlock()
	c.mu.Lock()
	c.total++
}

// Hangs if somebody holds it for ever.
func (c *counter) probeLocks() int {
	c.mu.Lock()
	c.mu.Unlock()

	if n := c.total; n > 0 {
		return n
	}
	return 0
}
