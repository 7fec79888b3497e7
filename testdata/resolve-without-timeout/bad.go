package resolve

import (
	"context"
	"errors"
	"net"
	names "net"
	"net/http"
)

func Host(name string) ([]string, error) {
	return net.LookupHost(name) // want "GLC608 net.LookupHost has no deadline .*net.DefaultResolver.LookupHost"
}

func InScope(ctx context.Context, name string) ([]net.IP, error) {
	ips, err := net.LookupIP(name) // want "GLC608 net.LookupIP"
	if err != nil {
		return nil, err
	}
	return ips, nil
}

func Handler(w http.ResponseWriter, r *http.Request) {
	if found, err := names.LookupAddr(r.RemoteAddr); err == nil && len(found) > 0 { // want "GLC608 names.LookupAddr"
		w.Header().Set("X-Name", found[0])
	}
}

func Service(name string) (string, error) {
	_, found, err := net.LookupSRV("cache", "tcp", name) // want "GLC608"
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", errors.New("none")
	}
	return found[0].Target, nil
}

func Loop(hosts []string) int {
	count := 0
	for _, host := range hosts {
		if text, err := net.LookupTXT(host); err == nil { // want "GLC608"
			count += len(text)
		}
	}
	return count
}

func Taken(ctx string, host string) (string, error) {
	canonical, err := net.LookupCNAME(host) // want "GLC608"
	return ctx + canonical, err
}

func Closure(host string) func() error {
	return func() error {
		_, err := net.LookupMX(host) // want "GLC608"
		return err
	}
}

func Endless(host string) ([]net.IPAddr, error) {
	return net.DefaultResolver.LookupIPAddr(context.Background(), host) // want "GLC608 .*never expires"
}

func EndlessVariable(host string) ([]*net.NS, error) {
	ctx, cancel := context.WithCancel(context.TODO())
	defer cancel()
	resolver := &net.Resolver{PreferGo: true}
	return resolver.LookupNS(ctx, host) // want "GLC608"
}

func Both(host string) (int, error) {
	texts, err := net.LookupTXT(host) // want "GLC608"
	if err != nil {
		return 0, err
	}
	servers, err := net.LookupNS(host) // want "GLC608"
	return len(texts) + len(servers), err
}

var known, _ = net.LookupNS("example.com") // want "GLC608"
