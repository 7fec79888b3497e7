package registry

import (
	"context"
	"log"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

func Endless(client *clientv3.Client) {
	for response := range client.Watch(context.Background(), "config/", clientv3.WithPrefix()) { // want "GLC612 .*goes silent.*WithRequireLeader"
		log.Print(response.Canceled)
	}
}

func Cancelled(client *clientv3.Client) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	watch := client.Watch(ctx, "config/") // want "GLC612"
	<-watch
}

func Bounded(watcher clientv3.Watcher) bool {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Minute)
	defer cancel()
	response := <-watcher.Watch(ctx, "lock") // want "GLC612"
	return response.Canceled
}

type cache struct {
	client *clientv3.Client
	watch  clientv3.WatchChan
}

func (c *cache) start() {
	ctx := context.WithValue(context.Background(), key{}, "cache")
	c.watch = c.client.Watch(ctx, "cache/", clientv3.WithPrefix()) // want "GLC612"
}

type key struct{}

func Open(endpoints []string) (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{Endpoints: endpoints}) // want "GLC612 .*no DialTimeout"
}

func OpenNamed(endpoints []string, name string) (*clientv3.Client, error) {
	config := clientv3.Config{ // want "GLC612"
		Endpoints: endpoints,
	}
	config.Username = name
	return clientv3.New(config)
}

func OpenVariable() (*clientv3.Client, error) {
	return clientv3.New(defaults)
}

var defaults = clientv3.Config{Endpoints: []string{"localhost:2379"}} // want "GLC612"

func Follow(client *clientv3.Client, changed func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	go func() {
		defer cancel(nil)
		for range client.Watch(ctx, "flags/", clientv3.WithPrefix()) { // want "GLC612"
			changed()
		}
	}()
}
