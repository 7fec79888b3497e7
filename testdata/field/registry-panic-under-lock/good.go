// Repair of bad.go: defer the unlock, it runs on a panic too.

package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

type plugin func(string) string

type registry struct {
	mu      sync.RWMutex
	plugins map[string]plugin
}

func (r *registry) get(name string) plugin {
	r.mu.RLock()
	defer r.mu.RUnlock()
	p, ok := r.plugins[name]
	if !ok {
		panic("unknown plugin " + name)
	}
	return p
}

func (r *registry) add(name string, p plugin) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plugins[name] = p
}

func call(r *registry, name, input string) (output string) {
	defer func() {
		if recover() != nil {
			output = "error"
		}
	}()
	return r.get(name)(input)
}

func scenario() {
	r := &registry{plugins: map[string]plugin{}}
	call(r, "upper", "text")
	go r.add("upper", strings.ToUpper)
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
