package jobs

import (
	"log"
	"net"
	"time"
)

// Listen keeps a heartbeat on every connection of a depot.
func (r *Runner) Listen(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() { // want "GLC406"
			defer conn.Close()
			for {
				if err := beat(conn); err != nil {
					log.Print(err)
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		}()
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
