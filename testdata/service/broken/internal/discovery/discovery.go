// Package discovery finds the carriers' gateways.
package discovery

import (
	"context"
	"log"
	"net"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

const prefix = "carriers/"

// Carriers knows where each carrier is reached.
type Carriers struct {
	client *clientv3.Client

	mu       sync.RWMutex
	gateways map[string]string
}

// Connect asks the registry at an address.
func Connect(address string) (*Carriers, error) {
	client, err := clientv3.New(clientv3.Config{
		Endpoints:   []string{address},
		DialTimeout: 5 * time.Second,
	})
	if err != nil {
		return nil, err
	}
	return &Carriers{client: client, gateways: make(map[string]string)}, nil
}

// Close leaves the registry.
func (c *Carriers) Close() error { return c.client.Close() }

// Gateway is the address of a carrier.
func (c *Carriers) Gateway(carrier string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	address, ok := c.gateways[carrier]
	return address, ok
}

// All lists the addresses of all carriers.
func (c *Carriers) All() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	addresses := make([]string, 0, len(c.gateways))
	for _, address := range c.gateways {
		addresses = append(addresses, address)
	}
	return addresses
}

// Follow keeps the addresses up to date until ctx is done.
func (c *Carriers) Follow(ctx context.Context) {
	for response := range c.client.Watch(ctx, prefix, clientv3.WithPrefix()) { // want "GLC612 .*WithRequireLeader"
		if response.Canceled {
			log.Print("discovery: the watch was cancelled")
		}
	}
}

// Reachable says whether the gateway of a carrier answers at all.
func (c *Carriers) Reachable(carrier string) bool {
	address, ok := c.Gateway(carrier)
	if !ok {
		return false
	}
	conn, err := net.Dial("tcp", address) // want "GLC607 net.Dial"
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// Resolve is the name of a host that reports a delivery.
func Resolve(ctx context.Context, address string) string {
	names, err := net.LookupAddr(address) // want "GLC608 net.LookupAddr"
	if err != nil || len(names) == 0 {
		return address
	}
	return names[0]
}
