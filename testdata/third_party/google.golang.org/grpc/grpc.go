// Package grpc declares what testdata uses of the package by this name.
package grpc

import (
	"context"
	"net"
	"time"
)

// ServiceDesc describes a service.
type ServiceDesc struct {
	ServiceName string
	HandlerType any
}

// ServiceRegistrar registers services.
type ServiceRegistrar interface {
	RegisterService(desc *ServiceDesc, impl any)
}

// Server serves.
type Server struct{}

// ServerOption configures a Server.
type ServerOption interface{}

// NewServer gives a server.
func NewServer(opt ...ServerOption) *Server { return &Server{} }

// RegisterService adds a service.
func (s *Server) RegisterService(sd *ServiceDesc, ss any) {}

// Serve serves.
func (s *Server) Serve(lis net.Listener) error { return nil }

// GracefulStop stops after the calls that run.
func (s *Server) GracefulStop() {}

// Stop stops at once.
func (s *Server) Stop() {}

// ServerStream is a call's stream on the server's side.
type ServerStream interface {
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

// ClientStream is a call's stream on the client's side.
type ClientStream interface {
	Context() context.Context
	CloseSend() error
	SendMsg(m any) error
	RecvMsg(m any) error
}

// CallOption configures a call.
type CallOption interface{}

// DialOption configures a ClientConn.
type DialOption interface{}

// ClientConnInterface makes calls.
type ClientConnInterface interface {
	Invoke(ctx context.Context, method string, args any, reply any, opts ...CallOption) error
}

// ClientConn is a connection.
type ClientConn struct{}

// Invoke makes a call.
func (cc *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	return nil
}

// Close closes the connection.
func (cc *ClientConn) Close() error { return nil }

// Dial connects.
func Dial(target string, opts ...DialOption) (*ClientConn, error) { return &ClientConn{}, nil }

// DialContext connects.
func DialContext(ctx context.Context, target string, opts ...DialOption) (*ClientConn, error) {
	return &ClientConn{}, nil
}

// NewClient gives a connection that is made when it is needed.
func NewClient(target string, opts ...DialOption) (*ClientConn, error) { return &ClientConn{}, nil }

// WithBlock makes Dial wait for the connection.
func WithBlock() DialOption { return nil }

// WithTimeout bounds how long Dial waits.
func WithTimeout(d time.Duration) DialOption { return nil }

// WithInsecure connects without TLS.
func WithInsecure() DialOption { return nil }

// UnaryServerInfo describes a call.
type UnaryServerInfo struct {
	Server     any
	FullMethod string
}

// UnaryHandler handles a call.
type UnaryHandler func(ctx context.Context, req any) (any, error)

// UnaryServerInterceptor wraps handlers.
type UnaryServerInterceptor func(ctx context.Context, req any, info *UnaryServerInfo, handler UnaryHandler) (any, error)

// UnaryInterceptor sets the interceptor.
func UnaryInterceptor(i UnaryServerInterceptor) ServerOption { return nil }
