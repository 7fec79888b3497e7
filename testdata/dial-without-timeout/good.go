package dial

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/rpc"
	"time"
)

func Limited(address string) (net.Conn, error) {
	return net.DialTimeout("tcp", address, time.Second)
}

func Setting(address string, timeout time.Duration) (net.Conn, error) {
	if timeout == 0 {
		return net.Dial("tcp", address)
	}
	return net.DialTimeout("tcp", address, timeout)
}

func WithContext(ctx context.Context, address string) (net.Conn, error) {
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", address)
}

func Datagrams(address string) (net.Conn, error) {
	return net.Dial("udp", address)
}

func Socket(path string) (net.Conn, error) {
	return net.Dial("unix", path)
}

func AnyNetwork(kind, address string) (net.Conn, error) {
	return net.Dial(kind, address)
}

func Loopback() (net.Conn, error) {
	return net.Dial("tcp", "127.0.0.1:6379")
}

func LoopbackPort(port int) (net.Conn, error) {
	return net.Dial("tcp", fmt.Sprintf("localhost:%d", port))
}

func LoopbackText(port string) (net.Conn, error) {
	return net.Dial("tcp", "localhost:"+port)
}

func Secure2(address string) (*tls.Conn, error) {
	return tls.DialWithDialer(&net.Dialer{Timeout: time.Second}, "tcp", address, nil)
}

func RemoteSocket(path string) (*rpc.Client, error) {
	return rpc.Dial("unix", path)
}

type lookalike struct{}

func (lookalike) Dial(network, address string) (net.Conn, error) { return nil, nil }

func Shadowed(net lookalike, address string) error {
	_, err := net.Dial("tcp", address)
	return err
}

func ownListener() (net.Conn, error) {
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		return nil, err
	}
	return net.Dial("tcp", listener.Addr().String())
}

func thisMachine(port string) (net.Conn, error) {
	address := net.JoinHostPort("localhost", port)
	return net.Dial("tcp", address)
}
