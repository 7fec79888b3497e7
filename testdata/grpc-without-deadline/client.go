// Package pay calls other services.
package pay

import (
	"context"

	"google.golang.org/grpc"
)

type ChargeRequest struct{ Amount int }

type ChargeReply struct{ OK bool }

// PaymentClient looks as protoc-gen-go-grpc would write it.
type PaymentClient interface {
	Charge(ctx context.Context, in *ChargeRequest, opts ...grpc.CallOption) (*ChargeReply, error)
	Follow(ctx context.Context, in *ChargeRequest, opts ...grpc.CallOption) (PaymentFollowClient, error)
}

type PaymentFollowClient interface {
	Recv() (*ChargeReply, error)
	grpc.ClientStream
}

type paymentClient struct{ conn grpc.ClientConnInterface }

func NewPaymentClient(conn grpc.ClientConnInterface) PaymentClient { return &paymentClient{conn} }

func (c *paymentClient) Charge(ctx context.Context, in *ChargeRequest, opts ...grpc.CallOption) (*ChargeReply, error) {
	out := new(ChargeReply)
	return out, c.conn.Invoke(ctx, "/pay.Payment/Charge", in, out, opts...)
}

func (c *paymentClient) Follow(context.Context, *ChargeRequest, ...grpc.CallOption) (PaymentFollowClient, error) {
	return nil, nil
}
