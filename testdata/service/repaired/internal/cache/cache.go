// Package cache remembers the status of parcels that were asked for lately.
package cache

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"example.com/parcels/internal/store"
)

// Entry is what is remembered of a parcel.
type Entry struct {
	Status string
	Read   time.Time
}

// Cache is filled from the store.
type Cache struct {
	source *store.Store

	mu      sync.RWMutex
	entries map[string]Entry
	hits    atomic.Int64
}

// New returns an empty cache before a store.
func New(source *store.Store) *Cache {
	return &Cache{source: source, entries: make(map[string]Entry)}
}

// Get is the entry of a parcel, if there is one.
func (c *Cache) Get(parcel string) (Entry, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	entry, ok := c.entries[parcel]
	if ok {
		c.hits.Add(1)
	}
	return entry, ok
}

// Len is how many parcels are remembered.
func (c *Cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.entries)
}

// Refresh reads a parcel again.
func (c *Cache) Refresh(ctx context.Context, parcel string) (Entry, error) {
	status, err := c.source.Status(ctx, parcel)
	if err != nil {
		return Entry{}, err
	}
	entry := Entry{Status: status, Read: time.Now()}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[parcel] = entry
	return entry, nil
}

// Merge makes one parcel of two that turned out to be the same.
func (c *Cache) Merge(from, to string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	entry, ok := c.entries[from]
	if !ok {
		return false
	}
	delete(c.entries, from)
	c.entries[to] = entry
	return true
}

// Forget drops a parcel and says how many are left.
func (c *Cache) Forget(parcel string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, parcel)
	return len(c.entries)
}

// Expire drops what was read before a time.
func (c *Cache) Expire(before time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for parcel, entry := range c.entries {
		if entry.Read.Before(before) {
			delete(c.entries, parcel)
		}
	}
}

// Age is how long ago a parcel was read.
func (c *Cache) Age(parcel string) time.Duration {
	c.mu.RLock()
	entry := c.entries[parcel]
	c.mu.RUnlock()
	return time.Since(entry.Read)
}

// Reset forgets everything.
func (c *Cache) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = make(map[string]Entry)
	c.hits.Store(0)
}

// Warm reads the parcels of a customer ahead of the questions.
func (c *Cache) Warm(ctx context.Context, parcels []string) {
	var mu sync.Mutex
	found := make(map[string]Entry, len(parcels))
	var wg sync.WaitGroup
	for _, parcel := range parcels {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if status, err := c.source.Status(ctx, parcel); err == nil {
				mu.Lock()
				defer mu.Unlock()
				found[parcel] = Entry{Status: status, Read: time.Now()}
			}
		}()
	}
	wg.Wait()

	c.mu.Lock()
	defer c.mu.Unlock()
	for parcel, entry := range found {
		c.entries[parcel] = entry
	}
}
