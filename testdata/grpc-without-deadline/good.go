package pay

import (
	"context"
	"time"

	"google.golang.org/grpc"
)

func Bounded(client PaymentClient) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := client.Charge(ctx, &ChargeRequest{})
	return err
}

func Until(client PaymentClient, deadline time.Time) error {
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	defer cancel()
	_, err := client.Charge(context.WithValue(ctx, key{}, 1), &ChargeRequest{})
	return err
}

func Given(ctx context.Context, client PaymentClient) error {
	_, err := client.Charge(ctx, &ChargeRequest{})
	return err
}

func Replaced(ctx context.Context, client PaymentClient) error {
	used := context.Background()
	if ctx != nil {
		used = ctx
	}
	_, err := client.Charge(used, &ChargeRequest{})
	return err
}

func Stream(client PaymentClient) (PaymentFollowClient, error) {
	return client.Follow(context.Background(), &ChargeRequest{})
}

func Lazy(target string) (*grpc.ClientConn, error) {
	return grpc.Dial(target, grpc.WithInsecure())
}

func DialBounded(target string) (*grpc.ClientConn, error) {
	return grpc.Dial(target, grpc.WithBlock(), grpc.WithTimeout(time.Second))
}

func DialUntil(target string) (*grpc.ClientConn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return grpc.DialContext(ctx, target, grpc.WithBlock())
}

func DialOptions(target string, options []grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.Dial(target, options...)
}

type ledger struct{}

func (ledger) Charge(context.Context, *ChargeRequest, ...string) (*ChargeReply, error) {
	return nil, nil
}

func Other(l ledger) error {
	_, err := l.Charge(context.Background(), &ChargeRequest{})
	return err
}
