// Package dial opens connections without a timeout.
package dial

import (
	"crypto/tls"
	stdnet "net"
	"net/rpc"
	"net/smtp"
)

const network = "tcp"

type Pool struct{ address string }

func Plain(address string) (stdnet.Conn, error) {
	return stdnet.Dial("tcp", address) // want "GLC607 stdnet.Dial waits"
}

func Constant(address string) (stdnet.Conn, error) {
	return stdnet.Dial(network, address) // want "GLC607 stdnet.Dial"
}

func (p *Pool) Open() error {
	conn, err := stdnet.Dial("tcp4", p.address) // want "GLC607 stdnet.Dial"
	if err != nil {
		return err
	}
	return conn.Close()
}

func Named() (stdnet.Conn, error) {
	return stdnet.Dial("tcp", "db.internal:5432") // want "GLC607 stdnet.Dial"
}

func InClosure(address string) func() (stdnet.Conn, error) {
	return func() (stdnet.Conn, error) {
		return stdnet.Dial("tcp6", address) // want "GLC607 stdnet.Dial"
	}
}

func Secure(address string) (*tls.Conn, error) {
	return tls.Dial("tcp", address, &tls.Config{}) // want "GLC607 tls.Dial"
}

func Mail(address string) (*smtp.Client, error) {
	return smtp.Dial(address) // want "GLC607 smtp.Dial"
}

func Remote(address string) (*rpc.Client, error) {
	return rpc.Dial("tcp", address) // want "GLC607 rpc.Dial"
}
