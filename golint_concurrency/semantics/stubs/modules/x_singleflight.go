//glc:package golang.org/x/sync/singleflight
package singleflight

type Group struct{}
type Result struct {
	Val    interface{}
	Err    error
	Shared bool
}

func (*Group) Do(string, func() (interface{}, error)) (interface{}, error, bool)
func (*Group) DoChan(string, func() (interface{}, error)) <-chan Result
func (*Group) Forget(string)
