package order

import "sync"

type sorted struct {
	a, b, gate sync.Mutex
	n          int
}

func (s *sorted) one() {
	s.a.Lock()
	defer s.a.Unlock()
	s.b.Lock()
	defer s.b.Unlock()
	s.n++
}

func (s *sorted) two() {
	s.a.Lock()
	s.b.Lock()
	s.n--
	s.b.Unlock()
	s.a.Unlock()
}

func (s *sorted) notNested() {
	s.b.Lock()
	s.n++
	s.b.Unlock()
	s.a.Lock()
	s.n++
	s.a.Unlock()
}

func (s *sorted) inGoroutine() {
	s.b.Lock()
	defer s.b.Unlock()
	go s.two()
}

type gated struct {
	gate, a, b sync.Mutex
	n          int
}

func (g *gated) one() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	defer g.a.Unlock()
	g.b.Lock()
	defer g.b.Unlock()
	g.n++
}

func (g *gated) two() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.b.Lock()
	defer g.b.Unlock()
	g.a.Lock()
	defer g.a.Unlock()
	g.n++
}

type readers struct {
	a, b sync.RWMutex
	n    int
}

func (r *readers) one() int {
	r.a.RLock()
	defer r.a.RUnlock()
	r.b.RLock()
	defer r.b.RUnlock()
	return r.n
}

func (r *readers) two() int {
	r.b.RLock()
	defer r.b.RUnlock()
	r.a.RLock()
	defer r.a.RUnlock()
	return r.n
}

type account struct {
	mu    sync.Mutex
	cents int
}

// Two values of one type: in which order is up to the caller.
func transfer(from, to *account) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.cents--
	to.cents++
}

type owner struct {
	mu      sync.Mutex
	account *account
}

func (o *owner) open(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	fresh := &account{cents: n}
	fresh.mu.Lock()
	defer fresh.mu.Unlock()
	o.account = fresh
}

// Whose owner is not known.
func charge(o *owner, a *account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	a.cents--
}

func (o *owner) balance() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.account.mu.Lock()
	defer o.account.mu.Unlock()
	return o.account.cents
}

type halves struct {
	a, b sync.Mutex
	n    int
}

func (h *halves) one() {
	h.a.Lock()
	defer h.a.Unlock()
	h.b.Lock()
	h.n++
	h.b.Unlock()
}

// Gives b back before it takes a.
func (h *halves) two() {
	h.b.Lock()
	h.n++
	h.b.Unlock()
	h.a.Lock()
	h.n++
	h.a.Unlock()
}

func (h *halves) try() {
	h.b.Lock()
	defer h.b.Unlock()
	if h.a.TryLock() {
		h.n++
		h.a.Unlock()
	}
}
