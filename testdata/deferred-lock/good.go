package typo

import "sync"

func (v *visits) fine(page string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.pages[page]++
}

// Gives the caller's lock back for a while.
func (v *visits) yield(wait func()) {
	v.mu.Unlock()
	defer v.mu.Lock()
	wait()
}

func (v *visits) twoLocks() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.table.Lock()
	defer v.table.Unlock()
}

// Two locks, if an odd order of them.
func (v *visits) other() {
	v.mu.Lock()
	defer v.table.Lock()
	v.mu.Unlock()
}

func (v *visits) onlyDeferred() {
	defer v.mu.Lock()
}

type gate struct{}

func (gate) Lock() {}

func notALock() {
	var g gate
	g.Lock()
	defer g.Lock()
}

func swap(v *visits) {
	v.table.RUnlock()
	v.table.Lock()
	defer v.table.RLock()
	defer v.table.Unlock()
}

func elements(all []*visits, i, j int) {
	all[i].mu.Lock()
	defer all[j].mu.Lock()
}

func outOfSight(l sync.Locker) {
	l.Lock()
	defer l.Lock()
}
