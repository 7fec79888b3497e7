package double

import "sync"

func (c *cart) after() int {
	c.mu.Lock()
	c.sum++
	c.mu.Unlock()
	return c.total()
}

func (c *cart) otherLock() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size()
}

func (c *cart) otherObject(d *cart) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return d.total()
}

func (c *cart) goroutine() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go c.total()
	go func() {
		c.mu.Lock()
		c.sum++
		c.mu.Unlock()
	}()
}

func (c *cart) correlated(locked bool) int {
	if !locked {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.sum
}

func (c *cart) tellsSo() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.correlated(true)
}

func (c *cart) early(tx *int) int {
	if tx != nil {
		return *tx
	}
	return c.total()
}

func (c *cart) earlyUse(tx *int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.early(tx)
}

// Gives the caller's lock back while it waits.
func (c *cart) waitFor(wait func()) {
	c.mu.Unlock()
	wait()
	c.mu.Lock()
}

func (c *cart) waits(wait func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waitFor(wait)
	c.sum++
}

func (c *cart) yieldsItself() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.Unlock()
	n := c.total()
	c.mu.Lock()
	return n
}

type node struct {
	mu     sync.Mutex
	parent *node
	n      int
}

func (n *node) depth() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.parent == nil {
		return 0
	}
	return n.parent.depth() + 1
}

func handOver(n *node) {
	n.mu.Lock()
	for n.parent != nil {
		up := n.parent
		up.mu.Lock()
		n.mu.Unlock()
		n = up
	}
	n.mu.Unlock()
}

// Locks whatever node it ends at.
func (n *node) root() int {
	for n.parent != nil {
		n = n.parent
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.n
}

func (n *node) useRoot() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.root()
}

func elements(all []*cart, i, j int) {
	all[i].mu.Lock()
	defer all[i].mu.Unlock()
	all[j].mu.Lock()
	defer all[j].mu.Unlock()
}

func everyElement(all []*cart) {
	for _, c := range all {
		c.mu.Lock()
	}
	for _, c := range all {
		c.mu.Unlock()
	}
}

func (c *cart) somePaths(fast bool) {
	if fast {
		c.mu.Lock()
		c.sum++
		c.mu.Unlock()
	}
	c.mu.Lock()
	c.sum++
	c.mu.Unlock()
}

func (c *cart) turns(keys []string) {
	for range keys {
		c.mu.Lock()
		c.sum++
		c.mu.Unlock()
	}
}

func handsOn(c *cart) func() {
	c.mu.Lock()
	unlock := c.mu.Unlock
	unlock()
	c.total()
	return unlock
}

func tryAgain(c *cart) {
	if c.mu.TryLock() {
		c.sum++
		c.mu.Unlock()
	} else {
		c.total()
	}
}

// Called under RLock; trades it for a Lock, and tells how to give back what it has then.
func (c *cart) upgraded(key string) (int, func()) {
	give := func() { c.table.RUnlock() }
	if n := c.items[key]; n > 0 {
		return n, give
	}
	c.table.RUnlock()
	c.table.Lock()
	give = func() { c.table.Unlock() }
	c.items[key] = 1
	return 1, give
}

func (c *cart) useUpgraded(key string) int {
	c.table.RLock()
	n, give := c.upgraded(key)
	defer give()
	return n
}

// Whether the deeper call is made hangs on what the value is.
func (c *cart) settle() int {
	if c.sum > 10 {
		return c.total()
	}
	return 0
}

func (c *cart) underSettle() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sum = 0
	return c.settle()
}

type looker struct {
	mu     sync.Mutex
	lookup func(string) int
}

type zone struct {
	mu     sync.Mutex
	names  map[string]int
	looker *looker
}

func newZone() *zone {
	z := &zone{names: map[string]int{}, looker: &looker{}}
	z.looker.lookup = z.lookup
	return z
}

func (z *zone) lookup(name string) int {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.names[name]
}

// The method that the field holds is one of the zone, with a lock of its own.
func (l *looker) known(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lookup(name) > 0
}

type keyring struct {
	mu   sync.RWMutex
	keys map[string]string
}

func (k *keyring) unwrap(name string, alreadyLocked bool) string {
	if !alreadyLocked {
		k.mu.RLock()
		defer k.mu.RUnlock()
	}
	return k.keys[name]
}

func withAlreadyLocked(locked bool) bool { return locked }

// The callee is told that the lock is held.
func (k *keyring) verify(name string) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.unwrap(name, withAlreadyLocked(true)) != ""
}
