//glc:package google.golang.org/grpc/metadata
package metadata

import (
	"context"
)

type MD map[string][]string

func New(map[string]string) MD
func Pairs(...string) MD
func (MD) Len() int
func (MD) Copy() MD
func (MD) Get(string) []string
func (MD) Set(string, ...string)
func (MD) Append(string, ...string)
func NewIncomingContext(context.Context, MD) context.Context
func NewOutgoingContext(context.Context, MD) context.Context
func AppendToOutgoingContext(context.Context, ...string) context.Context
func FromIncomingContext(context.Context) (MD, bool)
func FromOutgoingContext(context.Context) (MD, bool)
func ValueFromIncomingContext(context.Context, string) []string
