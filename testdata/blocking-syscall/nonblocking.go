package raw

import "syscall"

func polled(fd int, buf []byte) error {
	if err := syscall.SetNonblock(fd, true); err != nil {
		return err
	}
	for {
		if _, err := syscall.Read(fd, buf); err != nil {
			return err
		}
	}
}
