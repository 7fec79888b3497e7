// Package pgconn stands in for the package of that name: what the testdata compiles against.
package pgconn

type CommandTag struct{}
