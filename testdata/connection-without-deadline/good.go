package link

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

func EachTurn(conn net.Conn, handle func([]byte)) error {
	buf := make([]byte, 4096)
	for {
		if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			return err
		}
		n, err := conn.Read(buf)
		if err != nil {
			return err
		}
		handle(buf[:n])
	}
}

func Before(conn net.Conn, handle func(string)) {
	conn.SetDeadline(time.Now().Add(time.Minute))
	scanner := bufio.NewScanner(conn)
	for scanner.Scan() {
		handle(scanner.Text())
	}
}

func ByCaller(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		conn.SetDeadline(time.Now().Add(time.Minute))
		go count(conn)
	}
}

func count(conn net.Conn) (total int) {
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return total
		}
		total += n
	}
}

func ByHelper(conn net.Conn) {
	reader := bufio.NewReader(conn)
	for {
		bound(conn)
		if _, err := reader.ReadByte(); err != nil {
			return
		}
	}
}

func bound(conn net.Conn) { conn.SetReadDeadline(time.Now().Add(time.Second)) }

type session struct{ peer net.Conn }

func (s *session) touch() { s.peer.SetDeadline(time.Now().Add(time.Minute)) }

func (s *session) run() error {
	buf := make([]byte, 512)
	for {
		s.touch()
		if _, err := s.peer.Read(buf); err != nil {
			return err
		}
	}
}

func ClosedFromOutside(ctx context.Context, conn net.Conn) error {
	go func() {
		<-ctx.Done()
		conn.Close()
	}()
	buf := make([]byte, 512)
	for {
		if _, err := conn.Read(buf); err != nil {
			return err
		}
	}
}

func HandedOver(conn net.Conn, limit func(net.Conn)) error {
	limit(conn)
	buf := make([]byte, 512)
	for {
		if _, err := conn.Read(buf); err != nil {
			return err
		}
	}
}

func Once(conn net.Conn) (int, error) {
	buf := make([]byte, 512)
	return conn.Read(buf)
}

func File(file *os.File) error {
	buf := make([]byte, 512)
	for {
		if _, err := file.Read(buf); err != nil {
			return err
		}
	}
}

func Reader(reader io.Reader, address net.Addr) error {
	buf := make([]byte, 512)
	for {
		if _, err := reader.Read(buf); err != nil {
			return err
		}
		if address == nil {
			return nil
		}
	}
}

func Memory(text string) (lines int) {
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		lines++
	}
	return lines
}
