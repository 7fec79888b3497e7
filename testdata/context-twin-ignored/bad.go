// Package twins calls functions that have a twin which takes a context.
package twins

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	run "os/exec"
	"time"
)

func thumbnail(ctx context.Context, file string) ([]byte, error) {
	return run.Command("convert", file).Output() // want "GLC303 run.Command waits on .*use run.Command"
}

func converted(ctx context.Context, file string, in []byte) ([]byte, error) {
	cmd := run.Command("convert", file) // want "GLC303"
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, err
	}
	return out, nil
}

func started(ctx context.Context, file string) error {
	cmd := run.Command("convert", file) // want "GLC303"
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

// A handler.
func version(w http.ResponseWriter, r *http.Request) {
	out, err := run.Command("git", "version").Output() // want "GLC303 .*with r"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(out)
}

func resolve(ctx context.Context, host string) ([]string, error) {
	return net.LookupHost(host) // want "GLC303 .*use net.DefaultResolver.LookupHost"
}

func resolveIP(ctx context.Context, host string) ([]net.IP, error) {
	return net.LookupIP(host) // want "GLC303 .*LookupIPAddr"
}

// Each turn of a labelled loop.
func reverse(ctx context.Context, addrs []string) (names []string) {
outer:
	for _, addr := range addrs {
		for try := 0; try < 3; try++ {
			found, err := net.LookupAddr(addr) // want "GLC303"
			if err != nil {
				continue
			}
			names = append(names, found...)
			continue outer
		}
	}
	return names
}

func handshake(ctx context.Context, conn net.Conn, cfg *tls.Config) (*tls.Conn, error) {
	c := tls.Client(conn, cfg)
	if err := c.Handshake(); err != nil { // want "GLC303 c.Handshake waits on .*use c.Handshake"
		return nil, err
	}
	return c, nil
}

func dial(ctx context.Context, addr string) (net.Conn, error) {
	d := net.Dialer{KeepAlive: time.Minute}
	return d.Dial("tcp", addr) // want "GLC303 d.Dial waits on"
}

func dialSecure(ctx context.Context, addr string) (net.Conn, error) {
	d := &tls.Dialer{Config: &tls.Config{ServerName: addr}}
	return d.Dial("tcp", addr) // want "GLC303 d.Dial waits on"
}

// A context that is derived here.
func derived(ctx context.Context, host string) ([]*net.MX, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return net.LookupMX(host) // want "GLC303"
}

// A generic helper.
func first[T any](ctx context.Context, host string, of func(string) T) (zero T, err error) {
	texts, err := net.LookupTXT(host) // want "GLC303"
	if err != nil || len(texts) == 0 {
		return zero, err
	}
	return of(texts[0]), nil
}
