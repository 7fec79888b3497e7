// Package never locks and does not unlock.
package never

import "runtime"

func work(name string) error {
	runtime.LockOSThread() // want "GLC901"
	return do(name)
}

func do(name string) error { return nil }
