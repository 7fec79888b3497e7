package fanout

import (
	"net"
	"time"
)

// A handful of workers.
func workers(done func() bool) {
	for i := 0; i < 4; i++ {
		go func() {
			for !done() {
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
}

// One for each peer of a list.
func peers(names []string, up func(string) bool) {
	for _, name := range names {
		go func() {
			for !up(name) {
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
}

// Limited by a semaphore.
func limited(names <-chan string, up func(string) bool) {
	slots := make(chan struct{}, 8)
	for name := range names {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			for !up(name) {
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
}

// Long pauses.
func slow(names <-chan string, up func(string) bool) {
	for name := range names {
		go func() {
			for !up(name) {
				time.Sleep(time.Minute)
			}
		}()
	}
}

// A retry that ends.
func retries(names <-chan string, up func(string) bool) {
	for name := range names {
		go func() {
			for i := 0; i < 3; i++ {
				if up(name) {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		}()
	}
}

// Only after an error.
func failures(l net.Listener, read func(net.Conn) error) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			for {
				if err := read(conn); err != nil {
					time.Sleep(10 * time.Millisecond)
				}
			}
		}()
	}
}

// One pause, no loop.
func once(names <-chan string, up func(string) bool) {
	for name := range names {
		go func() {
			time.Sleep(10 * time.Millisecond)
			up(name)
		}()
	}
}

// No goroutine for each: one that goes through them.
func one(names <-chan string, up func(string) bool) {
	go func() {
		for name := range names {
			for !up(name) {
				time.Sleep(10 * time.Millisecond)
			}
		}
	}()
}

// A pause that nobody here knows.
func unknown(names <-chan string, pause time.Duration, up func(string) bool) {
	for name := range names {
		go func() {
			for !up(name) {
				time.Sleep(pause)
			}
		}()
	}
}

// Waits for the event.
func events(l net.Listener, dirty func(net.Conn) <-chan struct{}) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			for range dirty(conn) {
				conn.Write(nil)
			}
		}()
	}
}
