package pay

import (
	"context"
	"log"
	"time"

	"google.golang.org/grpc"
	rpc "google.golang.org/grpc"
)

func Charge(client PaymentClient, amount int) error {
	_, err := client.Charge(context.Background(), &ChargeRequest{Amount: amount}) // want "GLC613 this call has no deadline"
	return err
}

func Todo(client *paymentClient, option grpc.CallOption) (*ChargeReply, error) {
	return client.Charge(context.TODO(), &ChargeRequest{}, option) // want "GLC613"
}

func Cancelled(client PaymentClient) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := client.Charge(ctx, &ChargeRequest{}) // want "GLC613"
	return err
}

type worker struct{ client PaymentClient }

func (w *worker) run(ticks <-chan time.Time) {
	ctx := context.WithValue(context.Background(), key{}, "worker")
	for range ticks {
		if _, err := w.client.Charge(ctx, &ChargeRequest{Amount: 1}); err != nil { // want "GLC613"
			log.Print(err)
		}
	}
}

type key struct{}

func Invoke(conn *grpc.ClientConn) error {
	var reply ChargeReply
	return conn.Invoke(context.Background(), "/pay.Payment/Charge", &ChargeRequest{}, &reply) // want "GLC613"
}

func Dial(target string) (*grpc.ClientConn, error) {
	return grpc.Dial(target, grpc.WithInsecure(), grpc.WithBlock()) // want "GLC613 with WithBlock and no timeout"
}

func DialContext(target string) (*rpc.ClientConn, error) {
	return rpc.DialContext(context.Background(), target, rpc.WithBlock()) // want "GLC613"
}

func InGoroutine(conn *grpc.ClientConn) {
	client := NewPaymentClient(conn)
	go func() {
		client.Charge(context.Background(), &ChargeRequest{}) // want "GLC613"
	}()
}
