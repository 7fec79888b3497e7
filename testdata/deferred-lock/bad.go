// Package typo holds deferred calls of Lock where Unlock was meant.
package typo

import "sync"

type visits struct {
	mu    sync.Mutex
	table sync.RWMutex
	pages map[string]int
}

func (v *visits) count(page string) {
	v.mu.Lock()
	defer v.mu.Lock() // want "GLC506 this locks v.mu a second time .*defer v.mu.Unlock\(\)"
	v.pages[page]++
}

func (v *visits) write(page string) {
	v.table.Lock()
	defer v.table.Lock() // want "GLC506"
	v.pages[page]++
}

func (v *visits) read(page string) int {
	v.table.RLock()
	defer v.table.RLock() // want "GLC506 .*defer v.table.RUnlock\(\)"
	return v.pages[page]
}

var global sync.Mutex

func packageLevel() {
	global.Lock()
	defer global.Lock() // want "GLC506"
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) step() {
	e.Lock()
	defer e.Lock() // want "GLC506"
	e.n++
}

func (e *embedded) named() {
	e.Lock()
	defer e.Mutex.Lock() // want "GLC506"
	e.n++
}

func closure(v *visits) func() {
	return func() {
		v.mu.Lock()
		defer v.mu.Lock() // want "GLC506"
	}
}

func shards(all []*visits, i int) {
	all[i].mu.Lock()
	defer all[i].mu.Lock() // want "GLC506"
}
