//glc:package golang.org/x/net/context
package context

import (
	stdcontext "context"
	"time"
)

type Context = stdcontext.Context
type CancelFunc = stdcontext.CancelFunc

func Background() Context
func TODO() Context
func WithCancel(Context) (Context, CancelFunc)
func WithDeadline(Context, time.Time) (Context, CancelFunc)
func WithTimeout(Context, time.Duration) (Context, CancelFunc)
func WithValue(Context, interface{}, interface{}) Context

var Canceled, DeadlineExceeded error
