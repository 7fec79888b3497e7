// Package dial has tests with goroutines.
package dial
