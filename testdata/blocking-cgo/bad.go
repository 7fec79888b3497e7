package scan

/*
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int nap(int seconds) {
	if (seconds <= 0) {
		return -1;
	}
	return (int)sleep((unsigned)seconds);
}

static int twice(int n) { return 2 * n; }

static ssize_t take(int fd, void *buf, size_t size) {
	// recv waits
	return recv(fd, buf, size, 0);
}
*/
import "C"

import (
	"net/http"
	"sync"
	"time"
	"unsafe"
)

type scanner struct {
	fd C.int
}

func (s *scanner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	C.sleep(1) // want "GLC902 C.sleep sleeps and keeps a thread"
	w.WriteHeader(http.StatusNoContent)
}

func Preamble(w http.ResponseWriter, r *http.Request) {
	if C.nap(2) != 0 { // want "GLC902 C.nap calls sleep, which sleeps"
		w.WriteHeader(http.StatusAccepted)
	}
}

func Helper(w http.ResponseWriter, r *http.Request) {
	command := C.CString("true")
	defer C.free(unsafe.Pointer(command))
	run(command)
}

func run(command *C.char) {
	C.system(command) // want "GLC902 C.system waits for a child"
}

func Loop(fd C.int, buf []byte) int {
	total := 0
	for {
		n := C.take(fd, unsafe.Pointer(&buf[0]), C.size_t(len(buf))) // want "GLC902 C.take calls recv"
		if n <= 0 {
			return total
		}
		total += int(n)
	}
}

func Started(fd C.int) <-chan bool {
	done := make(chan bool, 1)
	go func() {
		done <- C.flock(fd, C.LOCK_EX) == 0 // want "GLC902 C.flock waits for a lock"
	}()
	return done
}

func StartedByName(pids []C.int) {
	for _, pid := range pids {
		go reap(pid)
	}
}

func reap(pid C.int) {
	C.waitpid(C.pid_t(pid), nil, 0) // want "GLC902 C.waitpid"
}

func Group(fds []C.int) {
	var group sync.WaitGroup
	for _, fd := range fds {
		group.Go(func() {
			set := C.struct_pollfd{fd: fd, events: C.POLLIN}
			C.poll(&set, 1, -1) // want "GLC902 C.poll waits for events"
		})
	}
	group.Wait()
}

func FanOut(numbers []int, results chan<- int) {
	for _, number := range numbers {
		go func() {
			doubled := C.twice(C.int(number)) // want "GLC902 every item of this fan-out keeps a thread while C.twice runs"
			results <- int(C.twice(doubled))
		}()
	}
}

func Tick(ticks <-chan time.Time) {
	for range ticks {
		C.usleep(100) // want "GLC902 C.usleep"
	}
}
