//glc:package golang.org/x/sync/errgroup
package errgroup

import (
	"context"
)

type Group struct{}

func WithContext(context.Context) (*Group, context.Context)
func (*Group) Wait() error
func (*Group) Go(func() error)
func (*Group) TryGo(func() error) bool
func (*Group) SetLimit(int)
