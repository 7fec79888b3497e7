// Package netns runs work in network namespaces, which belong to threads.
package netns

import (
	"errors"
	sched "runtime"
)

var errMissing = errors.New("missing")

func enter(name string) error {
	if name == "" {
		return errMissing
	}
	return nil
}

func earlyReturn(name string) error {
	sched.LockOSThread() // want "GLC901 .*defer runtime.UnlockOSThread"
	if err := enter(name); err != nil {
		return err
	}
	sched.UnlockOSThread()
	return nil
}

func oneCase(name string) int {
	sched.LockOSThread() // want "GLC901"
	switch name {
	case "a":
		sched.UnlockOSThread()
		return 1
	case "b":
		return 2
	}
	sched.UnlockOSThread()
	return 3
}

func inLoop(names []string) {
	for _, name := range names {
		sched.LockOSThread() // want "GLC901"
		if enter(name) != nil {
			break
		}
		sched.UnlockOSThread()
	}
}

type runner struct{ names []string }

func (r *runner) method() error {
	sched.LockOSThread() // want "GLC901"
	for _, name := range r.names {
		if err := enter(name); err != nil {
			return err
		}
	}
	sched.UnlockOSThread()
	return nil
}

func lateDefer(name string) error {
	sched.LockOSThread() // want "GLC901"
	if err := enter(name); err != nil {
		return err
	}
	defer sched.UnlockOSThread()
	return enter(name)
}

func closure(name string) func() error {
	return func() error {
		sched.LockOSThread() // want "GLC901"
		if err := enter(name); err != nil {
			return err
		}
		sched.UnlockOSThread()
		return nil
	}
}

func generic[T any](items []T, do func(T) error) error {
	sched.LockOSThread() // want "GLC901"
	for _, item := range items {
		if err := do(item); err != nil {
			return err
		}
	}
	sched.UnlockOSThread()
	return nil
}

func fanOut(names []string) {
	sched.LockOSThread() // want "GLC901 .*started in a loop"
	defer sched.UnlockOSThread()
	for _, name := range names {
		go enter(name)
	}
}
