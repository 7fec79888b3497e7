package twins

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"time"
)

// The twin is used.
func twin(ctx context.Context, file string) ([]byte, error) {
	return exec.CommandContext(ctx, "convert", file).Output()
}

// No context.
func without(file string) ([]byte, error) {
	return exec.Command("convert", file).Output()
}

// Nothing cancels it.
func root(file string) ([]byte, error) {
	ctx := context.Background()
	slog.InfoContext(ctx, "convert")
	return exec.Command("convert", file).Output()
}

// A daemon that lives on.
func daemon(ctx context.Context) (*exec.Cmd, error) {
	cmd := exec.Command("agent")
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd, ctx.Err()
}

// Killed by hand.
func killed(ctx context.Context) error {
	cmd := exec.Command("agent")
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		cmd.Process.Signal(nil)
	}()
	return cmd.Wait()
}

// In a goroutine.
func background(ctx context.Context, host string, out chan<- []string) {
	go func() {
		addrs, _ := net.LookupHost(host)
		out <- addrs
	}()
}

// In a deferred call.
func deferred(ctx context.Context) error {
	defer exec.Command("sync").Run()
	return ctx.Err()
}

// The dialer has a timeout.
func bounded(ctx context.Context, addr string) (net.Conn, error) {
	d := net.Dialer{Timeout: time.Second}
	return d.Dial("tcp", addr)
}

// The dialer gets its limit later.
func boundedLater(ctx context.Context, addr string) (net.Conn, error) {
	d := net.Dialer{}
	if until, ok := ctx.Deadline(); ok {
		d.Deadline = until
	}
	return d.Dial("tcp", addr)
}

// A dialer from elsewhere.
func given(ctx context.Context, d *net.Dialer, addr string) (net.Conn, error) {
	return d.Dial("tcp", addr)
}

// The connection has a deadline.
func deadline(ctx context.Context, conn net.Conn, cfg *tls.Config) error {
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	return tls.Client(conn, cfg).Handshake()
}

// A goroutine closes the connection when the context is done.
func closed(ctx context.Context, conn net.Conn, cfg *tls.Config) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	return tls.Client(conn, cfg).Handshake()
}

// This machine.
func local(ctx context.Context) ([]string, error) {
	return net.LookupHost("localhost")
}

// Cleaning up.
func cleanup(ctx context.Context, dir string) error {
	return exec.Command("rm", "-r", dir).Run()
}

// After a failure.
func failure(ctx context.Context, dir string) error {
	if err := exec.CommandContext(ctx, "mount", dir).Run(); err != nil {
		exec.Command("umount", dir).Run()
		return err
	}
	return nil
}

// Explained.
func explained(ctx context.Context, dir string) error {
	// Never to be cancelled half way.
	return exec.Command("fsck", dir).Run()
}

// Logs only lose fields.
func logs(ctx context.Context) { slog.Info("done") }

// Our own Command.
type kit struct{}

func (kit) Command(name string) kit { return kit{} }
func (kit) Run() error              { return nil }

func own(ctx context.Context, k kit) error { return k.Command("x").Run() }

// A person at a terminal waits for it.
func terminal(ctx context.Context, dir string) error {
	cmd := exec.Command("less", dir)
	cmd.Stdout = os.Stdout
	return cmd.Run()
}

// The machine answers at once.
func facts(ctx context.Context) (string, error) {
	out, err := exec.Command("/usr/bin/uname", "-r").Output()
	return string(out), err
}

// A socket of this machine, as the case says.
func byNetwork(ctx context.Context, network, address string) (net.Conn, error) {
	switch network {
	case "unix":
		return net.Dial(network, address)
	default:
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, address)
	}
}
