// Package raw waits in system calls.
package raw

import "syscall"

type pipe struct{ fd int }

func reads(fd int, buf []byte, use func([]byte)) error {
	for {
		n, err := syscall.Read(fd, buf) // want "GLC903 .*syscall.Read keeps a thread.*os.NewFile"
		if err != nil {
			return err
		}
		use(buf[:n])
	}
}

func (p pipe) writes(rows [][]byte) {
	for _, row := range rows {
		syscall.Write(p.fd, row) // want "GLC903 .*syscall.Write"
	}
}

func accepts(fd int, serve func(int)) {
	for {
		conn, _, err := syscall.Accept(fd) // want "GLC903"
		if err != nil {
			continue
		}
		go serve(conn)
	}
}

func accepts4(fd int, serve func(int)) {
	for {
		conn, _, err := syscall.Accept4(fd, syscall.SOCK_CLOEXEC) // want "GLC903"
		if err == nil {
			go serve(conn)
		}
	}
}

func receives(fd int, buf []byte, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			syscall.Recvfrom(fd, buf, 0) // want "GLC903"
		}
	}
}

func selects(fd int, set *syscall.FdSet) {
	for i := 0; i < 100; i++ {
		syscall.Select(fd+1, set, nil, nil, nil) // want "GLC903"
	}
}

func inGoroutine(fds []int) {
	for _, fd := range fds {
		go func() {
			buf := make([]byte, 512)
			for {
				if n, err := syscall.Read(fd, buf); n <= 0 || err != nil { // want "GLC903"
					return
				}
				println(string(buf))
			}
		}()
	}
}

func sends(fd int, to syscall.Sockaddr, rows [][]byte) {
	for _, row := range rows {
		if err := syscall.Sendto(fd, row, 0, to); err != nil { // want "GLC903"
			return
		}
	}
}
