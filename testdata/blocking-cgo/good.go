package scan

// #include <poll.h>
// #include <stdlib.h>
// #include <sys/file.h>
// #include <sys/wait.h>
// #include <unistd.h>
// static int half(int n) { return n / 2; }
// static int try_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }
import "C"

import (
	"net/http"
	"runtime"
	"unsafe"
)

func Once(seconds int) { C.sleep(C.uint(seconds)) }

func Short(w http.ResponseWriter, r *http.Request) {
	if C.half(4) != 2 {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func ShortInLoop(numbers []int) int {
	sum := 0
	for _, number := range numbers {
		sum += int(C.half(C.int(number)))
	}
	return sum
}

func OwnThread(fd C.int) {
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		for {
			set := C.struct_pollfd{fd: fd, events: C.POLLIN}
			C.poll(&set, 1, 1000)
		}
	}()
}

func NoWait(pids []C.int) {
	for _, pid := range pids {
		C.waitpid(C.pid_t(pid), nil, C.WNOHANG)
	}
}

func TryLock(fds []C.int) int {
	locked := 0
	for _, fd := range fds {
		if C.flock(fd, C.LOCK_EX|C.LOCK_NB) == 0 || C.try_lock(fd) == 0 {
			locked++
		}
	}
	return locked
}

func PollAtOnce(fds []C.int) int {
	ready := 0
	for _, fd := range fds {
		set := C.struct_pollfd{fd: fd, events: C.POLLIN}
		ready += int(C.poll(&set, 1, 0))
	}
	return ready
}

func Copies(texts []string, results chan<- unsafe.Pointer) {
	for _, text := range texts {
		go func() {
			results <- unsafe.Pointer(C.CString(text))
		}()
	}
}

func Workers(numbers <-chan int, results chan<- int) {
	for range 4 {
		go func() {
			for number := range numbers {
				results <- int(C.half(C.int(number)))
			}
		}()
	}
}

func Bounded(numbers []int, results chan<- int) {
	slots := make(chan bool, 8)
	for _, number := range numbers {
		slots <- true
		go func() {
			defer func() { <-slots }()
			results <- int(C.half(C.int(number)))
		}()
	}
}
