package link

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
)

func Accept(listener net.Listener, handle func([]byte)) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go serve(conn, handle)
	}
}

func serve(conn net.Conn, handle func([]byte)) {
	defer conn.Close()
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf) // want "GLC611 this loop reads from .*SetReadDeadline"
		if err != nil {
			return
		}
		handle(buf[:n])
	}
}

func Lines(conn *net.TCPConn, handle func(string)) error {
	scanner := bufio.NewScanner(conn)
	for scanner.Scan() { // want "GLC611"
		handle(scanner.Text())
	}
	return scanner.Err()
}

func Frames(conn *tls.Conn, handle func([]byte)) error {
	for {
		var header [4]byte
		if _, err := io.ReadFull(conn, header[:]); err != nil { // want "GLC611"
			return err
		}
		handle(header[:])
	}
}

func Buffered(address string, handle func(string)) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		line, err := reader.ReadString('\n') // want "GLC611"
		if err != nil {
			return err
		}
		handle(line)
	}
}

func Decoded(conn net.Conn, values chan<- int) error {
	decoder := json.NewDecoder(conn)
	for {
		var value int
		if err := decoder.Decode(&value); err != nil { // want "GLC611"
			return err
		}
		values <- value
	}
}

type sender struct {
	conn net.Conn
}

func dial(address string) (*sender, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &sender{conn: conn}, nil
}

func (s *sender) Send(messages [][]byte) error {
	for _, message := range messages {
		if _, err := s.conn.Write(message); err != nil { // want "GLC611 this loop writes to .*SetWriteDeadline"
			return err
		}
	}
	return nil
}

func Broadcast(conns []net.Conn, message []byte) {
	for _, conn := range conns {
		conn.Write(message) // want "GLC611"
	}
}

// Proxy is a note: what is silent here may be meant to be.
func Proxy(client, backend net.Conn) error {
	buf := make([]byte, 4096)
	for {
		n, err := client.Read(buf) // want "GLC611"
		if err != nil {
			return err
		}
		if _, err := backend.Write(buf[:n]); err != nil {
			return err
		}
	}
}
