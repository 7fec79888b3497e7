// Package order holds functions that take two locks in opposite orders.
package order

import "sync"

type shop struct {
	stockMu sync.Mutex
	cashMu  sync.Mutex
	stock   int
	cash    int
}

func (s *shop) sell() {
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	s.stock--
	s.cashMu.Lock() // want "GLC504 this takes shop.cashMu while it holds shop.stockMu, and shop.refund takes shop.stockMu while it holds shop.cashMu"
	defer s.cashMu.Unlock()
	s.cash++
}

func (s *shop) refund() {
	s.cashMu.Lock()
	defer s.cashMu.Unlock()
	s.cash--
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	s.stock++
}

type cache struct {
	keys   sync.RWMutex
	values sync.Mutex
	n      int
}

func (c *cache) count() int {
	c.values.Lock()
	defer c.values.Unlock()
	return c.n
}

func (c *cache) viaCall() int {
	c.keys.Lock()
	defer c.keys.Unlock()
	return c.count() // want "GLC504 .*cache.values while it holds cache.keys \(by count\)"
}

func (c *cache) reads() int {
	c.values.Lock()
	defer c.values.Unlock()
	c.keys.RLock()
	defer c.keys.RUnlock()
	return c.n
}

var (
	first  sync.Mutex
	second sync.Mutex
	total  int
)

func globals() {
	first.Lock()
	second.Lock() // want "GLC504 this takes second while it holds first"
	total++
	second.Unlock()
	first.Unlock()
}

func globalsAgain() {
	second.Lock()
	defer second.Unlock()
	add()
}

func add() {
	first.Lock()
	total++
	first.Unlock()
}

type server struct {
	mu   sync.Mutex
	pool *pool
}

type pool struct {
	sync.Mutex
	server *server
	n      int
}

func (s *server) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pool.Lock() // want "GLC504 this takes pool.Mutex while it holds server.mu"
	defer s.pool.Unlock()
	return s.pool.n
}

func (p *pool) grow() {
	p.Lock()
	defer p.Unlock()
	p.server.mu.Lock()
	p.n++
	p.server.mu.Unlock()
}

type registry struct {
	names sync.Mutex
	n     int
}

var listing sync.Mutex

func (r *registry) list() {
	listing.Lock()
	defer listing.Unlock()
	r.names.Lock() // want "GLC504"
	r.n++
	r.names.Unlock()
}

func (r *registry) rename() {
	r.names.Lock()
	defer r.names.Unlock()
	listing.Lock()
	r.n--
	listing.Unlock()
}

type inClosure struct {
	a, b sync.Mutex
	n    int
}

func (c *inClosure) one() func() {
	return func() {
		c.a.Lock()
		defer c.a.Unlock()
		c.b.Lock() // want "GLC504 .*inClosure.b"
		c.n++
		c.b.Unlock()
	}
}

func (c *inClosure) two() {
	c.b.Lock()
	defer c.b.Unlock()
	c.a.Lock()
	c.n++
	c.a.Unlock()
}

type deep struct {
	a, b sync.Mutex
	n    int
}

func (d *deep) lowest() {
	d.b.Lock()
	d.n++
	d.b.Unlock()
}

func (d *deep) lower() { d.lowest() }

func (d *deep) one() {
	d.a.Lock()
	defer d.a.Unlock()
	d.lower() // want "GLC504 .*\(by lower -> lowest\)"
}

func (d *deep) two() {
	d.b.Lock()
	defer d.b.Unlock()
	d.a.Lock()
	d.n++
	d.a.Unlock()
}

type branches struct {
	a, b sync.RWMutex
	n    int
}

func (x *branches) one(write bool) {
	x.a.RLock()
	defer x.a.RUnlock()
	if write {
		x.b.Lock() // want "GLC504"
		x.n++
		x.b.Unlock()
	}
}

func (x *branches) two() {
	x.b.RLock()
	defer x.b.RUnlock()
	for range 3 {
		x.a.Lock()
		x.n++
		x.a.Unlock()
	}
}
