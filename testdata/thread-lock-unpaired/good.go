package netns

import "runtime"

func deferred(name string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return enter(name)
}

func deferredClosure(name string) error {
	runtime.LockOSThread()
	defer func() {
		_ = enter("")
		runtime.UnlockOSThread()
	}()
	return enter(name)
}

func allPaths(name string) error {
	runtime.LockOSThread()
	if err := enter(name); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	runtime.UnlockOSThread()
	return nil
}

func init() {
	runtime.LockOSThread()
}

func ownThread(name string) {
	go func() {
		runtime.LockOSThread()
		_ = enter(name)
	}()
}

func lockThread() { runtime.LockOSThread() }

func unlockThread() { runtime.UnlockOSThread() }

func poisoned(name string) error {
	runtime.LockOSThread()
	if err := enter(name); err != nil {
		return err // the thread is left locked on purpose
	}
	runtime.UnlockOSThread()
	return nil
}

func endless(names chan string) {
	runtime.LockOSThread()
	for {
		_ = enter(<-names)
	}
}

func startsBefore(names []string) {
	for _, name := range names {
		go enter(name)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	go enter("one")
}

func unlocksFirst(names []string) {
	runtime.LockOSThread()
	runtime.UnlockOSThread()
	for _, name := range names {
		go enter(name)
	}
}

type lockedRunner struct{}

func (lockedRunner) LockOSThread() {}

func otherType(r lockedRunner) { r.LockOSThread() }

func apart(work func() error, done chan error) {
	go func() {
		runtime.LockOSThread()
		err := work()
		done <- err

		// Left locked, the thread ends with the goroutine.
		if err == nil {
			runtime.UnlockOSThread()
		}
	}()
}
