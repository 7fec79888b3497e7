// Pattern: the send hides in a named method that is started with go, the early return in
// its caller.
// Source: Saioc et al., Unveiling and Vanquishing Goroutine Leaks (CGO 2024), pattern
// "premature function return"; Liu et al., Automatically Detecting and Fixing Concurrency
// Bugs in Go (GCatch, ASPLOS 2021), BMOC bug across functions.
// Under load: each page for a user without a session leaves a goroutine that holds a whole
// profile.
// Expected: GLC201 at the send in the method.

package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

type profile struct {
	name  string
	badge [512]byte
}

type profileStore struct {
	byID map[string]profile
}

func (s *profileStore) load(id string, out chan<- profile) {
	out <- s.byID[id] // want "GLC201"
}

var errNoSession = errors.New("no session")

func (s *profileStore) page(id string, session string) (string, error) {
	loaded := make(chan profile)
	go s.load(id, loaded)

	if session == "" {
		return "", errNoSession
	}
	p := <-loaded
	return "Hello " + p.name, nil
}

func scenario() {
	store := &profileStore{byID: map[string]profile{"u1": {name: "Ada"}}}
	if _, err := store.page("u1", ""); err == nil {
		fmt.Println("a page without a session")
	}
}

func main() {
	const rounds = 20
	before := runtime.NumGoroutine()
	for i := 0; i < rounds; i++ {
		scenario()
	}
	after := settle(before)
	fmt.Printf("goroutines before=%d after=%d\n", before, after)
	if after > before {
		fmt.Printf("LEAK %d\n", after-before)
		return
	}
	fmt.Println("OK")
}

// settle gives finished work about a second to go away.
func settle(before int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}
