package jobs

import (
	"log"
	"net"
	"time"
)

// Listen keeps a heartbeat on every connection of a depot, all at one pace.
func (r *Runner) Listen(listener net.Listener) error {
	accepted := make(chan net.Conn)
	defer close(accepted)
	go pace(accepted)
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		accepted <- conn
	}
}

// pace beats on what was accepted until nothing more comes.
func pace(accepted <-chan net.Conn) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	conns := make(map[net.Conn]bool)
	for {
		select {
		case conn, ok := <-accepted:
			if !ok {
				hangUp(conns)
				return
			}
			conns[conn] = true
		case <-ticker.C:
			for conn := range conns {
				if err := beat(conn); err != nil {
					log.Print(err)
					conn.Close()
					delete(conns, conn)
				}
			}
		}
	}
}

// hangUp closes connections.
func hangUp(conns map[net.Conn]bool) {
	for conn := range conns {
		conn.Close()
	}
}

// beat says that this side is alive.
func beat(conn net.Conn) error {
	if err := conn.SetWriteDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	_, err := conn.Write([]byte{0})
	return err
}
