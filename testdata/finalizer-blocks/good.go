package session

import (
	"os"
	"runtime"
	"sync"
)

func startsGoroutine(s *session) {
	runtime.SetFinalizer(s, func(s *session) {
		go func(id int, closed chan<- int) { closed <- id }(s.id, s.closed)
	})
}

func tries(s *session) {
	runtime.SetFinalizer(s, func(s *session) {
		select {
		case s.closed <- s.id:
		default:
		}
	})
}

func closes(f *os.File) {
	runtime.SetFinalizer(f, (*os.File).Close)
}

func clears(s *session) {
	runtime.SetFinalizer(s, nil)
}

var (
	mu   sync.Mutex
	live = map[int]bool{}
)

func locks(s *session) {
	runtime.SetFinalizer(s, func(s *session) {
		mu.Lock()
		delete(live, s.id)
		mu.Unlock()
	})
}

func removes(s *session) {
	runtime.AddCleanup(s, func(name string) { os.Remove(name) }, "session")
}

func unknown(s *session, final func(*session)) {
	runtime.SetFinalizer(s, final)
}

func made(s *session, maker func() func(*session)) {
	runtime.SetFinalizer(s, maker())
}

func closesChannel(s *session) {
	runtime.SetFinalizer(s, func(s *session) { close(s.closed) })
}
