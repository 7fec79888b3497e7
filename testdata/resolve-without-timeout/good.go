package resolve

import (
	"context"
	"net"
	"time"
)

func WithContext(ctx context.Context, name string) ([]string, error) {
	return net.DefaultResolver.LookupHost(ctx, name)
}

func WithTimeout(name string) ([]net.IP, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return net.DefaultResolver.LookupIP(ctx, "ip", name)
}

func WithDeadline(resolver *net.Resolver, name string, until time.Time) ([]string, error) {
	ctx, cancel := context.WithDeadline(context.Background(), until)
	defer cancel()
	return resolver.LookupTXT(ctx, name)
}

func Replaced(ctx context.Context, name string) ([]string, error) {
	inner := context.Background()
	if ctx != nil {
		inner = ctx
	}
	return net.DefaultResolver.LookupAddr(inner, name)
}

func Address() ([]string, error) { return net.LookupHost("127.0.0.1") }

func Loopback() ([]net.IP, error) { return net.LookupIP("localhost") }

func Port() (int, error) { return net.LookupPort("tcp", "https") }

type table map[string]string

func (t table) LookupHost(name string) string { return t[name] }

func Own(t table, name string) string { return t.LookupHost(name) }

func Shadowed(net table, name string) string { return net.LookupHost(name) }

// Value is called by others, who may bound it.
var Value = net.LookupHost
