// Package long holds loops under a lock that call something of unknown cost.
package long

import "sync"

type subscriber interface{ Notify(event string) }

type bus struct {
	mu          sync.RWMutex
	subscribers []subscriber
	byName      map[string]subscriber
	hooks       []func(string)
	hook        func(string)
	names       []string
}

func (b *bus) publish(event string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, s := range b.subscribers { // want "GLC514 b.mu is held for as many calls of s.Notify"
		s.Notify(event)
	}
}

func (b *bus) publishMap(event string) {
	b.mu.Lock()
	for _, s := range b.byName { // want "GLC514"
		if s != nil {
			s.Notify(event)
		}
	}
	b.mu.Unlock()
}

func (b *bus) runHooks(event string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, hook := range b.hooks { // want "GLC514 .*calls of hook"
		hook(event)
	}
}

func (b *bus) runHook() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range b.names { // want "GLC514 .*calls of b.hook"
		b.hook(name)
	}
}

func (b *bus) each(visit func(string) bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, name := range b.names { // want "GLC514 .*calls of visit"
		if !visit(name) {
			return
		}
	}
}

func (b *bus) counted(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; i < len(b.names); i++ { // want "GLC514"
		visit(b.names[i])
	}
}

func (b *bus) nested(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.subscribers { // want "GLC514"
		for _, name := range b.names {
			visit(name)
		}
	}
}

func inClosure(b *bus) func(func(string)) {
	return func(visit func(string)) {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, name := range b.names { // want "GLC514"
			visit(name)
		}
	}
}
