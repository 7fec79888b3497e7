// Package assert declares what the testdata needs of testify's package of this name.
package assert

import "time"

type TestingT interface {
	Errorf(format string, args ...any)
}

type CollectT struct{ failed bool }

func (c *CollectT) Errorf(format string, args ...any) { c.failed = true }

func (c *CollectT) FailNow() { panic("failed") }

func NoError(t TestingT, err error, msgAndArgs ...any) bool {
	if err != nil {
		t.Errorf("%v", err)
	}
	return err == nil
}

func EventuallyWithT(t TestingT, condition func(*CollectT), wait, tick time.Duration) bool {
	condition(&CollectT{})
	return true
}
