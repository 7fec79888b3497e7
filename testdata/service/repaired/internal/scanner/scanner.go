// Package scanner reads the bar codes of parcels that are handed in at the counter.
package scanner

import (
	"context"
	"net/http"
	"os"
	"runtime"
	"syscall"
	"time"
)

// Scanner is one device at the counter.
type Scanner struct {
	device *os.File
	closed chan int
}

// Open takes over the device that fd stands for, which the runtime's poller waits for.
func Open(fd int, closed chan int) (*Scanner, error) {
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return &Scanner{device: os.NewFile(uintptr(fd), "scanner"), closed: closed}, nil
}

// Close gives the device back.
func (s *Scanner) Close() error {
	close(s.closed)
	return s.device.Close()
}

// Codes hands over what is read until the device is gone.
func (s *Scanner) Codes(use func([]byte)) error {
	buf := make([]byte, 256)
	for {
		n, err := s.device.Read(buf)
		if err != nil {
			return err
		}
		use(buf[:n])
	}
}

// Calibrate sets a mode, which the driver keeps for the one who set it.
func (s *Scanner) Calibrate(mode string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if mode == "" {
		return os.ErrInvalid
	}
	_, err := s.device.Write([]byte(mode))
	return err
}

// ServeHTTP wakes the device up, which takes it a second.
func (s *Scanner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	<-ctx.Done()
	if r.Context().Err() != nil {
		http.Error(w, "woken too early", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
