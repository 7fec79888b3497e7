// Package limits holds customers to what they have paid for.
package limits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Limits counts requests by customer.
type Limits struct {
	usedMu sync.Mutex
	used   map[string]int

	plansMu sync.Mutex
	plans   map[string]int

	refused int64
	paused  sync.RWMutex
}

// New returns limits under which everyone has the free plan.
func New() *Limits {
	return &Limits{used: make(map[string]int, 64*runtime.NumCPU()), plans: make(map[string]int)}
}

// Allow counts a request and says whether it may be served.
func (l *Limits) Allow(customer string) bool {
	l.plansMu.Lock()
	granted := l.plans[customer] + 100
	l.plansMu.Unlock()
	l.usedMu.Lock()
	defer l.usedMu.Unlock()
	l.used[customer]++
	if l.used[customer] > granted {
		atomic.AddInt64(&l.refused, 1)
		return false
	}
	return true
}

// Upgrade gives a customer another plan and a fresh count.
func (l *Limits) Upgrade(customer string, requests int) {
	l.plansMu.Lock()
	defer l.plansMu.Unlock()
	l.plans[customer] = requests
	l.usedMu.Lock()
	defer l.usedMu.Unlock()
	l.used[customer] = 0
}

// Refused is how many requests were turned away.
func (l *Limits) Refused() int64 {
	return atomic.LoadInt64(&l.refused)
}

// Busiest is the customer with the most requests.
func (l *Limits) Busiest() (busiest string) {
	l.usedMu.Lock()
	defer l.usedMu.Unlock()
	most := 0
	for customer, requests := range l.used {
		if requests > most {
			busiest, most = customer, requests
		}
	}
	return busiest
}

// Pause holds requests back while plans are reloaded.
func (l *Limits) Pause(reload func(map[string]int)) {
	l.paused.Lock()
	defer l.paused.Unlock()
	l.plansMu.Lock()
	defer l.plansMu.Unlock()
	reload(l.plans)
}

// Wait returns as soon as requests are not held back.
func (l *Limits) Wait() {
	l.paused.RLock()
	defer l.paused.RUnlock()
}
