//glc:package golang.org/x/sys/unix
package unix

import (
	"syscall"
)

type Errno = syscall.Errno
type Timeval struct {
	Sec, Usec int64
}
type Timespec struct {
	Sec, Nsec int64
}
type FdSet struct {
	Bits [16]int64
}
type PollFd struct {
	Fd              int32
	Events, Revents int16
}
type EpollEvent struct {
	Events  uint32
	Fd, Pad int32
}
type Sockaddr interface{}
type Rusage struct{}
type WaitStatus uint32

func Read(int, []byte) (int, error)
func Write(int, []byte) (int, error)
func Pread(int, []byte, int64) (int, error)
func Pwrite(int, []byte, int64) (int, error)
func Accept(int) (int, Sockaddr, error)
func Accept4(int, int) (int, Sockaddr, error)
func Connect(int, Sockaddr) error
func Recvfrom(int, []byte, int) (int, Sockaddr, error)
func Sendto(int, []byte, int, Sockaddr) error
func Select(int, *FdSet, *FdSet, *FdSet, *Timeval) (int, error)
func Poll([]PollFd, int) (int, error)
func EpollWait(int, []EpollEvent, int) (int, error)
func EpollCreate1(int) (int, error)
func EpollCtl(int, int, int, *EpollEvent) error
func Flock(int, int) error
func Fsync(int) error
func Fdatasync(int) error
func Sendfile(int, int, *int64, int) (int, error)
func Splice(int, *int64, int, *int64, int, int) (int64, error)
func Wait4(int, *WaitStatus, int, *Rusage) (int, error)
func Nanosleep(*Timespec, *Timespec) error
func Socket(int, int, int) (int, error)
func SetNonblock(int, bool) error
func Close(int) error
func Exit(int)
