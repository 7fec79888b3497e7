// Package fanout starts goroutines that each sleep over and over.
package fanout

import (
	"bufio"
	"io"
	"net"
	"sync/atomic"
	"time"
)

type session struct {
	conn   net.Conn
	closed atomic.Bool
}

func (s *session) flush() {}

// For each connection.
func serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		s := &session{conn: conn}
		go func() { // want "GLC406"
			for !s.closed.Load() {
				s.flush()
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
}

// A method, in another file.
func serveMethod(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		s := &session{conn: conn}
		go s.poll() // want "GLC406"
	}
}

// One call away.
func serveAway(l *net.TCPListener) {
	for {
		conn, err := l.AcceptTCP()
		if err != nil {
			return
		}
		go handle(&session{conn: conn}) // want "GLC406"
	}
}

func handle(s *session) {
	defer s.conn.Close()
	s.poll()
}

// For each item of a channel.
func follow(names <-chan string, size func(string) int) {
	for name := range names {
		go func() { // want "GLC406"
			for size(name) > 0 {
				time.Sleep(50 * time.Millisecond)
			}
		}()
	}
}

// For each line.
func lines(in io.Reader, ready func(string) bool) {
	scanner := bufio.NewScanner(in)
	for scanner.Scan() {
		line := scanner.Text()
		go func() { // want "GLC406"
			for {
				if ready(line) {
					return
				}
				time.Sleep(time.Millisecond)
			}
		}()
	}
}

// A thousand of them.
func thousand(done *atomic.Bool) {
	const pause = 20 * time.Millisecond
	for i := 0; i < 1000; i++ {
		go func() { // want "GLC406"
			for !done.Load() {
				time.Sleep(pause)
			}
		}()
	}
}

// In a nested loop with a label.
func nested(in <-chan []int, done func(int) bool) {
outer:
	for batch := range in {
		for _, id := range batch {
			if id == 0 {
				continue outer
			}
			go wait(id, done) // want "GLC406"
		}
	}
}

func wait(id int, done func(int) bool) {
	for !done(id) {
		time.Sleep(5 * time.Millisecond)
	}
}

// A variable that holds the pause; generic code.
func each[T any](items <-chan T, busy func(T) bool) {
	for item := range items {
		go func(item T) { // want "GLC406"
			pause := 10 * time.Millisecond
			for busy(item) {
				time.Sleep(pause)
			}
		}(item)
	}
}
