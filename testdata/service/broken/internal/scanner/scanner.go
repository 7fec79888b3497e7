// Package scanner reads the bar codes of parcels that are handed in at the counter.
package scanner

/*
#include <unistd.h>

static int settle(unsigned int seconds) { return sleep(seconds); }
*/
import "C"

import (
	"errors"
	"net/http"
	"runtime"
	"syscall"
)

var errClosed = errors.New("scanner: closed")

// Scanner is one device at the counter.
type Scanner struct {
	fd     int
	closed chan int
}

// Open takes over the device that fd stands for.
func Open(fd int, closed chan int) *Scanner {
	s := &Scanner{fd: fd, closed: closed}
	runtime.SetFinalizer(s, func(s *Scanner) { // want "GLC910 .*channel send"
		s.closed <- s.fd
	})
	return s
}

// Codes hands over what is read until the device is gone.
func (s *Scanner) Codes(use func([]byte)) error {
	buf := make([]byte, 256)
	for {
		n, err := syscall.Read(s.fd, buf) // want "GLC903 .*syscall.Read"
		if err != nil {
			return err
		}
		if n == 0 {
			return errClosed
		}
		use(buf[:n])
	}
}

// Calibrate sets a mode, which the driver keeps for the one who set it.
func (s *Scanner) Calibrate(mode string) error {
	runtime.LockOSThread() // want "GLC901"
	if mode == "" {
		return errors.New("scanner: no mode")
	}
	_, err := syscall.Write(s.fd, []byte(mode))
	return err
}

// ServeHTTP wakes the device up.
func (s *Scanner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if C.settle(1) != 0 { // want "GLC902 C.settle calls sleep"
		http.Error(w, "woken too early", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
