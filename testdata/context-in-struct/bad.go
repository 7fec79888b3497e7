// Package structcontext holds structs that keep a context.
package structcontext

import (
	"context"
	ctxpkg "context"
	"sync"
)

type store struct {
	ctx context.Context // want "GLC305 .*pass it as the first parameter"
}

type embedded struct {
	context.Context // want "GLC305"
	name            string
}

type aliased struct {
	ctx ctxpkg.Context // want "GLC305"
}

type pair struct {
	first, second context.Context // want "GLC305"
}

type nested struct {
	inner struct {
		ctx context.Context // want "GLC305"
	}
}

type generic[T any] struct {
	value T
	ctx   context.Context // want "GLC305"
}

type request = context.Context

type byAlias struct {
	ctx request // want "GLC305"
}

func local() any {
	type job struct {
		ctx context.Context // want "GLC305"
		wg  sync.WaitGroup
	}
	return &job{}
}

var anonymous = struct {
	ctx context.Context // want "GLC305"
}{}
