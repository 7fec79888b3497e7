//go:build go1.21

// Pattern: the index of a three-part loop is captured by the goroutines that it starts,
// before Go 1.22.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// capture by reference of the loop variable.
// Under load: pages are fetched twice or out of range, which panics once the loop has run
// to its end.
// Expected: GLC110 at the go statement or the use of the variable.

package main

import (
	"fmt"
	"sync/atomic"
)

type crawl struct {
	visited [8]atomic.Int64
}

func (c *crawl) visit(page int) {
	c.visited[page%len(c.visited)].Add(1)
}

func (c *crawl) run(pages int) {
	done := make(chan struct{}, pages)
	for page := 0; page < pages; page++ {
		go func() { // allow "GLC110"
			c.visit(page) // want "GLC110"
			done <- struct{}{}
		}()
	}
	for i := 0; i < pages; i++ {
		<-done
	}
}

func main() {
	c := &crawl{}
	for i := 0; i < 20; i++ {
		c.run(8)
	}
	fmt.Println("first page", c.visited[0].Load())
}
