//glc:package github.com/sourcegraph/conc/pool
package pool

import (
	"context"
)

type Pool struct{}

func New() *Pool
func (*Pool) Go(func())
func (*Pool) Wait()
func (*Pool) MaxGoroutines() int
func (*Pool) WithMaxGoroutines(int) *Pool
func (*Pool) WithErrors() *ErrorPool
func (*Pool) WithContext(context.Context) *ContextPool

type ErrorPool struct{}

func (*ErrorPool) Go(func() error)
func (*ErrorPool) Wait() error
func (*ErrorPool) WithMaxGoroutines(int) *ErrorPool
func (*ErrorPool) WithContext(context.Context) *ContextPool
func (*ErrorPool) WithFirstError() *ErrorPool

type ContextPool struct{}

func (*ContextPool) Go(func(context.Context) error)
func (*ContextPool) Wait() error
func (*ContextPool) WithMaxGoroutines(int) *ContextPool
func (*ContextPool) WithFirstError() *ContextPool
func (*ContextPool) WithCancelOnError() *ContextPool

type ResultPool[T any] struct{}

func NewWithResults[T any]() *ResultPool[T]
func (*ResultPool[T]) Go(func() T)
func (*ResultPool[T]) Wait() []T
func (*ResultPool[T]) WithMaxGoroutines(int) *ResultPool[T]
func (*ResultPool[T]) WithErrors() *ResultErrorPool[T]
func (*ResultPool[T]) WithContext(context.Context) *ResultContextPool[T]

type ResultErrorPool[T any] struct{}

func (*ResultErrorPool[T]) Go(func() (T, error))
func (*ResultErrorPool[T]) Wait() ([]T, error)
func (*ResultErrorPool[T]) WithMaxGoroutines(int) *ResultErrorPool[T]

type ResultContextPool[T any] struct{}

func (*ResultContextPool[T]) Go(func(context.Context) (T, error))
func (*ResultContextPool[T]) Wait() ([]T, error)
func (*ResultContextPool[T]) WithMaxGoroutines(int) *ResultContextPool[T]
