// Package double holds functions that take a lock which they hold.
package double

import "sync"

type cart struct {
	mu    sync.Mutex
	table sync.RWMutex
	items map[string]int
	sum   int
}

func (c *cart) total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sum
}

func (c *cart) size() int {
	c.table.RLock()
	defer c.table.RUnlock()
	return len(c.items)
}

func (c *cart) twice() {
	c.mu.Lock()
	c.sum++
	c.mu.Lock() // want "GLC503 c.mu is locked already by this very goroutine"
	c.mu.Unlock()
}

func (c *cart) byMethod() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total() > 3 // want "GLC503 c.mu is held here, and c.total locks it again"
}

func (c *cart) double() int { return 2 * c.total() }

func (c *cart) twoCalls() int {
	c.mu.Lock()
	n := c.double() // want "GLC503 .*c.double, which calls total, locks it again"
	c.mu.Unlock()
	return n
}

func (c *cart) recursiveRead(key string) int {
	c.table.RLock()
	defer c.table.RUnlock()
	return c.items[key] + c.size() // want "GLC503 .*c.size read-locks it again"
}

func (c *cart) upgrade(key string) {
	c.table.RLock()
	defer c.table.RUnlock()
	if c.items[key] == 0 {
		c.table.Lock() // want "GLC503"
		c.items[key] = 1
		c.table.Unlock()
	}
}

func (c *cart) readTwice(key string) int {
	c.table.RLock()
	n := c.items[key]
	c.table.RLock() // want "GLC503 c.table is read-locked here a second time"
	n += c.items[key+key]
	c.table.RUnlock()
	c.table.RUnlock()
	return n
}

func (c *cart) alias() {
	mu := &c.mu
	mu.Lock()
	defer mu.Unlock()
	c.sum = c.total() // want "GLC503 c.mu is held here"
}

var (
	global sync.Mutex
	count  int
)

func bump() {
	global.Lock()
	count++
	global.Unlock()
}

func packageLevel() {
	global.Lock()
	defer global.Unlock()
	bump() // want "GLC503 global is held here, and bump locks it again"
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) get() int {
	e.Lock()
	defer e.Unlock()
	return e.n
}

func (e *embedded) step() {
	e.Mutex.Lock()
	defer e.Unlock()
	e.n = e.get() + 1 // want "GLC503"
}

func byArgument(c *cart) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return sumOf(1, c) // want "GLC503 c.mu is held here, and sumOf, which calls total, locks it again"
}

func sumOf(factor int, c *cart) int { return factor * c.total() }

func closure(c *cart) {
	add := func() {
		c.mu.Lock()
		c.sum++
		c.mu.Unlock()
	}
	c.mu.Lock()
	add() // want "GLC503"
	c.mu.Unlock()
}

func tried(c *cart) int {
	if !c.mu.TryLock() {
		return 0
	}
	defer c.mu.Unlock()
	return c.total() // want "GLC503"
}

func (c *cart) inGoroutine() {
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.total() // want "GLC503"
	}()
}
