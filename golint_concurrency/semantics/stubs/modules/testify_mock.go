//glc:package github.com/stretchr/testify/mock
package mock

import (
	"time"
)

type TestingT interface {
	Logf(string, ...interface{})
	Errorf(string, ...interface{})
	FailNow()
}
type Arguments []interface{}

func (Arguments) Get(int) interface{}
func (Arguments) String(...int) string
func (Arguments) Int(int) int
func (Arguments) Error(int) error
func (Arguments) Bool(int) bool

type Call struct {
	Parent                     *Mock
	Method                     string
	Arguments, ReturnArguments Arguments
	Repeatability              int
	WaitFor                    <-chan time.Time
	RunFn                      func(Arguments)
}

func (*Call) Return(...interface{}) *Call
func (*Call) Once() *Call
func (*Call) Twice() *Call
func (*Call) Maybe() *Call
func (*Call) Times(int) *Call
func (*Call) Run(func(Arguments)) *Call
func (*Call) WaitUntil(<-chan time.Time) *Call
func (*Call) After(time.Duration) *Call

type Mock struct {
	ExpectedCalls []*Call
	Calls         []Call
}

func (*Mock) On(string, ...interface{}) *Call
func (*Mock) Called(...interface{}) Arguments
func (*Mock) MethodCalled(string, ...interface{}) Arguments
func (*Mock) AssertExpectations(TestingT) bool
func (*Mock) AssertCalled(TestingT, string, ...interface{}) bool
func (*Mock) AssertNotCalled(TestingT, string, ...interface{}) bool
func (*Mock) AssertNumberOfCalls(TestingT, string, int) bool
func (*Mock) Test(TestingT)

const Anything = "mock.Anything"

func AnythingOfType(string) anythingOfTypeArgument

type anythingOfTypeArgument string
