package registry

import (
	"context"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

func Required(client *clientv3.Client) {
	<-client.Watch(clientv3.WithRequireLeader(context.Background()), "config/")
}

func RequiredBefore(client *clientv3.Client) {
	ctx := clientv3.WithRequireLeader(context.Background())
	<-client.Watch(ctx, "config/", clientv3.WithPrefix())
}

func Derived(client *clientv3.Client) {
	ctx, cancel := context.WithCancel(clientv3.WithRequireLeader(context.Background()))
	defer cancel()
	<-client.Watch(ctx, "config/")
}

// Given may come from who requires a leader: others of the module do.
func Given(ctx context.Context, client *clientv3.Client) {
	<-client.Watch(ctx, "config/")
}

func Replaced(client *clientv3.Client) {
	ctx := context.Background()
	ctx = clientv3.WithRequireLeader(ctx)
	<-client.Watch(ctx, "config/")
}

func Read(ctx context.Context, client *clientv3.Client) (int64, error) {
	response, err := client.Get(ctx, "count")
	if err != nil {
		return 0, err
	}
	return response.Count, nil
}

func OpenBounded(endpoints []string) (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{Endpoints: endpoints, DialTimeout: time.Second})
}

func OpenLater(endpoints []string, timeout time.Duration) (*clientv3.Client, error) {
	config := clientv3.Config{Endpoints: endpoints}
	config.DialTimeout = timeout
	return clientv3.New(config)
}

func OpenWithContext(ctx context.Context, endpoints []string) (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{Endpoints: endpoints, Context: ctx})
}

type Config struct{ Endpoints []string }

type files struct{}

func (files) Watch(context.Context, string) <-chan string { return nil }

func Other(f files) (Config, string) {
	return Config{Endpoints: nil}, <-f.Watch(context.Background(), "config/")
}
