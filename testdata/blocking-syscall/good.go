package raw

import (
	"os"
	"syscall"
)

func once(fd int, buf []byte) (int, error) { return syscall.Read(fd, buf) }

func retries(fd int, buf []byte) (int, error) {
	for {
		n, err := syscall.Read(fd, buf)
		if err != syscall.EINTR {
			return n, err
		}
	}
}

func file(fd int, buf []byte) {
	f := os.NewFile(uintptr(fd), "pipe")
	for {
		if _, err := f.Read(buf); err != nil {
			return
		}
	}
}

type fake struct{}

func (fake) Read(fd int, buf []byte) (int, error) { return 0, nil }

func other(syscall fake, buf []byte) {
	for range 3 {
		syscall.Read(0, buf)
	}
}

func quick() (ids []int) {
	for range 3 {
		ids = append(ids, syscall.Getpid())
	}
	return ids
}

func before(fd int, buf []byte) (sum int) {
	n, _ := syscall.Read(fd, buf)
	for _, b := range buf[:n] {
		sum += int(b)
	}
	return sum
}

func closures(fds []int, buf []byte) (later []func()) {
	for _, fd := range fds {
		later = append(later, func() { syscall.Write(fd, buf) })
	}
	return later
}

func closes(fds []int) {
	for _, fd := range fds {
		syscall.Close(fd)
	}
}

// Looks whether a child has ended, and does not wait.
func reaped(pid int) bool {
	for {
		var status syscall.WaitStatus
		done, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		if err != nil || done == 0 {
			return false
		}
		if done == pid {
			return status.Exited()
		}
	}
}

// A process, and no descriptor that a poller could know.
func waits(pids []int) {
	for _, pid := range pids {
		syscall.Wait4(pid, nil, 0, nil)
	}
}
