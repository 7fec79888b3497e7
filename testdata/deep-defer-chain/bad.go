// Package deepdefer holds functions that keep many deferred calls pending.
package deepdefer

import (
	"context"
	"io"
	"os"
	"sync"
	"time"
)

type resource struct{ mu sync.Mutex }

func (r *resource) release() {}

func straight(r [8]*resource) {
	defer r[0].release()
	defer r[1].release()
	defer r[2].release()
	defer r[3].release()
	defer r[4].release()
	defer r[5].release()
	defer r[6].release()
	defer r[7].release() // want "GLC802 8 deferred calls .*split the function"
}

func branches(r *resource, deep bool) {
	defer r.release()
	defer r.release()
	defer r.release()
	defer r.release()
	if deep {
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release() // want "GLC802 8 deferred calls"
	} else {
		defer r.release()
	}
}

func boundedLoop(rs []*resource) {
	for i := 0; i < 10; i++ {
		mine := &resource{}
		defer mine.release() // want "GLC802 10 deferred calls"
	}
}

func nestedBoundedLoops() {
	for range 3 {
		for range 4 {
			mine := new(resource)
			defer mine.release() // want "GLC802 12 deferred calls"
		}
	}
}

func files(names []string) error {
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close() // want "GLC802 every turn of the loop .*function of its own"
		if _, err := io.Copy(io.Discard, file); err != nil {
			return err
		}
	}
	return nil
}

func (r *resource) retries(ctx context.Context, do func(context.Context) error) error {
	for {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "GLC802 every turn"
		if err := do(attempt); err == nil {
			return nil
		}
	}
}

func closureInLoop(names []string) {
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			continue
		}
		defer func() { // want "GLC802 every turn"
			_ = file.Close()
		}()
	}
}

func inGoroutine(names <-chan string) {
	go func() {
		for name := range names {
			file, err := os.Open(name)
			if err != nil {
				continue
			}
			defer file.Close() // want "GLC802 every turn"
		}
	}()
}

func labelled(rows [][]string) error {
next:
	for _, row := range rows {
		for _, name := range row {
			file, err := os.Open(name)
			if err != nil {
				continue next
			}
			defer file.Close() // want "GLC802 every turn"
		}
	}
	return nil
}

func withGoto(name string) {
	turns := 0
again:
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
	}
	turns++
	if turns < 3 {
		goto again
	}
}

// The closure's own defers wait while those around it do.
func inPlace(r *resource) {
	defer r.release()
	defer r.release()
	defer r.release()
	defer r.release()
	func() {
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release()
		r.mu.Lock()
	}()
	defer r.release()
	defer r.release()
	defer r.release()
	defer r.release() // want "GLC802 8 deferred calls"
}

// As many again in a closure that runs while they wait.
func around(r *resource) {
	defer r.release()
	defer r.release()
	defer r.release()
	defer r.release()
	defer r.release() // want "GLC802 9 deferred calls"
	func() {
		defer r.release()
		defer r.release()
		defer r.release()
		defer r.release()
		r.mu.Lock()
	}()
}
