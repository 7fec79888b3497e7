// Package singleflight declares what testdata uses of the package by this name.
package singleflight

// Group merges calls of the same key.
type Group struct{}

// Result is what DoChan sends.
type Result struct {
	Val    any
	Err    error
	Shared bool
}

// Do runs fn, once for all callers of key at a time.
func (g *Group) Do(key string, fn func() (any, error)) (any, error, bool) {
	v, err := fn()
	return v, err, false
}

// DoChan is Do, with the result on a channel.
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	results := make(chan Result, 1)
	go func() {
		v, err := fn()
		results <- Result{v, err, false}
	}()
	return results
}

// Forget drops the key.
func (g *Group) Forget(key string) {}
