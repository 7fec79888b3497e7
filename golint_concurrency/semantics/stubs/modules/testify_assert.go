//glc:package github.com/stretchr/testify/assert
package assert

import (
	"time"
)

type TestingT interface {
	Errorf(string, ...interface{})
}
type Assertions struct{}

func New(TestingT) *Assertions
func FailNow(TestingT, string, ...interface{}) bool
func Fail(TestingT, string, ...interface{}) bool
func Equal(TestingT, interface{}, interface{}, ...interface{}) bool
func NotEqual(TestingT, interface{}, interface{}, ...interface{}) bool
func EqualValues(TestingT, interface{}, interface{}, ...interface{}) bool
func Exactly(TestingT, interface{}, interface{}, ...interface{}) bool
func Contains(TestingT, interface{}, interface{}, ...interface{}) bool
func NotContains(TestingT, interface{}, interface{}, ...interface{}) bool
func ElementsMatch(TestingT, interface{}, interface{}, ...interface{}) bool
func Subset(TestingT, interface{}, interface{}, ...interface{}) bool
func Greater(TestingT, interface{}, interface{}, ...interface{}) bool
func GreaterOrEqual(TestingT, interface{}, interface{}, ...interface{}) bool
func Less(TestingT, interface{}, interface{}, ...interface{}) bool
func LessOrEqual(TestingT, interface{}, interface{}, ...interface{}) bool
func Same(TestingT, interface{}, interface{}, ...interface{}) bool
func NotSame(TestingT, interface{}, interface{}, ...interface{}) bool
func IsType(TestingT, interface{}, interface{}, ...interface{}) bool
func Nil(TestingT, interface{}, ...interface{}) bool
func NotNil(TestingT, interface{}, ...interface{}) bool
func Empty(TestingT, interface{}, ...interface{}) bool
func NotEmpty(TestingT, interface{}, ...interface{}) bool
func Zero(TestingT, interface{}, ...interface{}) bool
func NotZero(TestingT, interface{}, ...interface{}) bool
func True(TestingT, bool, ...interface{}) bool
func False(TestingT, bool, ...interface{}) bool
func NoError(TestingT, error, ...interface{}) bool
func Error(TestingT, error, ...interface{}) bool
func ErrorIs(TestingT, error, error, ...interface{}) bool
func NotErrorIs(TestingT, error, error, ...interface{}) bool
func ErrorAs(TestingT, error, interface{}, ...interface{}) bool
func ErrorContains(TestingT, error, string, ...interface{}) bool
func EqualError(TestingT, error, string, ...interface{}) bool
func Len(TestingT, interface{}, int, ...interface{}) bool
func JSONEq(TestingT, string, string, ...interface{}) bool
func InDelta(TestingT, interface{}, interface{}, float64, ...interface{}) bool
func WithinDuration(TestingT, time.Time, time.Time, time.Duration, ...interface{}) bool

type PanicTestFunc func()

func Panics(TestingT, PanicTestFunc, ...interface{}) bool
func NotPanics(TestingT, PanicTestFunc, ...interface{}) bool
func Eventually(TestingT, func() bool, time.Duration, time.Duration, ...interface{}) bool
func Never(TestingT, func() bool, time.Duration, time.Duration, ...interface{}) bool
func (*Assertions) Equal(interface{}, interface{}, ...interface{}) bool
func (*Assertions) NotEqual(interface{}, interface{}, ...interface{}) bool
func (*Assertions) Contains(interface{}, interface{}, ...interface{}) bool
func (*Assertions) Nil(interface{}, ...interface{}) bool
func (*Assertions) NotNil(interface{}, ...interface{}) bool
func (*Assertions) Empty(interface{}, ...interface{}) bool
func (*Assertions) NotEmpty(interface{}, ...interface{}) bool
func (*Assertions) True(bool, ...interface{}) bool
func (*Assertions) False(bool, ...interface{}) bool
func (*Assertions) NoError(error, ...interface{}) bool
func (*Assertions) Error(error, ...interface{}) bool
func (*Assertions) ErrorIs(error, error, ...interface{}) bool
func (*Assertions) Len(interface{}, int, ...interface{}) bool
func (*Assertions) FailNow(string, ...interface{}) bool
