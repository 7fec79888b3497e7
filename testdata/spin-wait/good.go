package wait

import (
	"sync/atomic"
	"time"
)

func counts(n int) {
	for i := 0; i < n; i++ {
	}
}

func doubles(n int) (size int) {
	size = 1
	for ; size < n; size *= 2 {
	}
	return size
}

func drains(ch chan int) {
	for range ch {
	}
	for len(<-names) > 0 {
	}
}

var names chan string

type scanner struct{ left int }

func (s *scanner) next() bool {
	s.left--
	return s.left > 0
}

func scans(s *scanner) {
	for s.next() {
	}
}

func sleeps() {
	for !ready {
		time.Sleep(time.Second)
	}
}

func blocks() {
	select {}
}

func works(s *server, do func()) {
	for !s.stopped.Load() {
		do()
	}
}

func adds() {
	for atomic.AddInt64(&count, -1) > 0 {
	}
}

func returnsCall(s *server) bool {
	for {
		if s.stopped.Load() {
			return counting(s)
		}
		s.mu.Lock()
		s.mu.Unlock()
	}
}

func counting(s *server) bool { return s.closed }

func receives(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		}
	}
}
