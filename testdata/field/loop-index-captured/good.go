//go:build go1.21

// Repair of bad.go: a copy of the index inside the loop.

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
		page := page
		go func() {
			c.visit(page)
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
