package long

import (
	"slices"
	"strings"
)

func (b *bus) copies(event string) {
	b.mu.RLock()
	subscribers := slices.Clone(b.subscribers)
	b.mu.RUnlock()
	for _, s := range subscribers {
		s.Notify(event)
	}
}

func (b *bus) lockInside(visit func(string)) {
	for _, name := range b.names {
		b.mu.Lock()
		visit(name)
		b.mu.Unlock()
	}
}

func (b *bus) few(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; i < 3; i++ {
		visit(b.names[i])
	}
}

func (b *bus) inSight() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, name := range b.names {
		n += length(name)
	}
	return n
}

func length(name string) int { return len(name) }

func (b *bus) library() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var upper []string
	for _, name := range b.names {
		upper = append(upper, strings.ToUpper(name))
	}
	return upper
}

func (b *bus) gone(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range b.names {
		b.mu.Unlock()
		visit(name)
		b.mu.Lock()
	}
}

func (b *bus) later(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range b.names {
		go visit(name)
	}
}

func (b *bus) once(visit func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	visit(b.names[0])
}

func (b *bus) noLock(visit func(string)) {
	for _, name := range b.names {
		visit(name)
	}
}
