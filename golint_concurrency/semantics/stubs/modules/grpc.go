//glc:package google.golang.org/grpc
package grpc

import (
	"context"
	"net"
	"net/http"
	"time"

	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
)

type CallOption interface{}
type DialOption interface{}
type ServerOption interface{}
type ClientConnInterface interface {
	Invoke(context.Context, string, any, any, ...CallOption) error
	NewStream(context.Context, *StreamDesc, string, ...CallOption) (ClientStream, error)
}
type ClientConn struct{}

func NewClient(string, ...DialOption) (*ClientConn, error)
func Dial(string, ...DialOption) (*ClientConn, error)
func DialContext(context.Context, string, ...DialOption) (*ClientConn, error)
func (*ClientConn) Close() error
func (*ClientConn) Connect()
func (*ClientConn) ResetConnectBackoff()
func (*ClientConn) Target() string
func (*ClientConn) GetState() connectivity.State
func (*ClientConn) WaitForStateChange(context.Context, connectivity.State) bool
func (*ClientConn) Invoke(context.Context, string, any, any, ...CallOption) error
func (*ClientConn) NewStream(context.Context, *StreamDesc, string, ...CallOption) (ClientStream, error)
func Invoke(context.Context, string, any, any, *ClientConn, ...CallOption) error

type Stream interface {
	Context() context.Context
	SendMsg(any) error
	RecvMsg(any) error
}
type ClientStream interface {
	Header() (metadata.MD, error)
	Trailer() metadata.MD
	CloseSend() error
	Context() context.Context
	SendMsg(any) error
	RecvMsg(any) error
}
type ServerStream interface {
	SetHeader(metadata.MD) error
	SendHeader(metadata.MD) error
	SetTrailer(metadata.MD)
	Context() context.Context
	SendMsg(any) error
	RecvMsg(any) error
}
type ServerStreamingClient[Res any] interface {
	ClientStream
	Recv() (*Res, error)
}
type ServerStreamingServer[Res any] interface {
	ServerStream
	Send(*Res) error
}
type ClientStreamingClient[Req any, Res any] interface {
	ClientStream
	Send(*Req) error
	CloseAndRecv() (*Res, error)
}
type ClientStreamingServer[Req any, Res any] interface {
	ServerStream
	Recv() (*Req, error)
	SendAndClose(*Res) error
}
type BidiStreamingClient[Req any, Res any] interface {
	ClientStream
	Send(*Req) error
	Recv() (*Res, error)
}
type BidiStreamingServer[Req any, Res any] interface {
	ServerStream
	Recv() (*Req, error)
	Send(*Res) error
}
type StreamHandler func(any, ServerStream) error
type StreamDesc struct {
	StreamName                   string
	Handler                      StreamHandler
	ServerStreams, ClientStreams bool
}
type UnaryInvoker func(context.Context, string, any, any, *ClientConn, ...CallOption) error
type UnaryClientInterceptor func(context.Context, string, any, any, *ClientConn, UnaryInvoker, ...CallOption) error
type Streamer func(context.Context, *StreamDesc, *ClientConn, string, ...CallOption) (ClientStream, error)
type StreamClientInterceptor func(context.Context, *StreamDesc, *ClientConn, string, Streamer, ...CallOption) (ClientStream, error)
type UnaryServerInfo struct {
	Server     any
	FullMethod string
}
type StreamServerInfo struct {
	FullMethod                     string
	IsClientStream, IsServerStream bool
}
type UnaryHandler func(context.Context, any) (any, error)
type UnaryServerInterceptor func(context.Context, any, *UnaryServerInfo, UnaryHandler) (any, error)
type StreamServerInterceptor func(any, ServerStream, *StreamServerInfo, StreamHandler) error
type ServiceDesc struct {
	ServiceName string
	HandlerType any
	Streams     []StreamDesc
	Metadata    any
}
type ServiceRegistrar interface {
	RegisterService(*ServiceDesc, any)
}
type Server struct{}

func NewServer(...ServerOption) *Server
func (*Server) RegisterService(*ServiceDesc, any)
func (*Server) Serve(net.Listener) error
func (*Server) Stop()
func (*Server) GracefulStop()
func (*Server) ServeHTTP(http.ResponseWriter, *http.Request)
func WithBlock() DialOption
func WithInsecure() DialOption
func WithReturnConnectionError() DialOption
func WithTimeout(time.Duration) DialOption
func WithTransportCredentials(credentials.TransportCredentials) DialOption
func WithKeepaliveParams(keepalive.ClientParameters) DialOption
func WithUnaryInterceptor(UnaryClientInterceptor) DialOption
func WithStreamInterceptor(StreamClientInterceptor) DialOption
func WithChainUnaryInterceptor(...UnaryClientInterceptor) DialOption
func WithChainStreamInterceptor(...StreamClientInterceptor) DialOption
func WithDefaultCallOptions(...CallOption) DialOption
func WithDefaultServiceConfig(string) DialOption
func WithUserAgent(string) DialOption
func WithAuthority(string) DialOption
func WithContextDialer(func(context.Context, string) (net.Conn, error)) DialOption
func WithStatsHandler(stats.Handler) DialOption
func WaitForReady(bool) CallOption
func Header(*metadata.MD) CallOption
func Trailer(*metadata.MD) CallOption
func MaxCallRecvMsgSize(int) CallOption
func MaxCallSendMsgSize(int) CallOption
func Creds(credentials.TransportCredentials) ServerOption
func KeepaliveParams(keepalive.ServerParameters) ServerOption
func KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy) ServerOption
func UnaryInterceptor(UnaryServerInterceptor) ServerOption
func StreamInterceptor(StreamServerInterceptor) ServerOption
func ChainUnaryInterceptor(...UnaryServerInterceptor) ServerOption
func ChainStreamInterceptor(...StreamServerInterceptor) ServerOption
func MaxConcurrentStreams(uint32) ServerOption
func MaxRecvMsgSize(int) ServerOption
func MaxSendMsgSize(int) ServerOption
func ConnectionTimeout(time.Duration) ServerOption
func StatsHandler(stats.Handler) ServerOption
func SetHeader(context.Context, metadata.MD) error
func SendHeader(context.Context, metadata.MD) error
