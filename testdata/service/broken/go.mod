module example.com/parcels

go 1.27

require (
	go.etcd.io/etcd/client/v3 v3.5.0
	golang.org/x/sync v0.0.0
)

replace (
	go.etcd.io/etcd/client/v3 => ../../third_party/go.etcd.io/etcd/client/v3
	golang.org/x/sync => ../../third_party/golang.org/x/sync
)
