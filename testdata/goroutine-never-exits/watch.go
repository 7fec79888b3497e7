package workers

import (
	"sync"
	"time"
)

func watch(c *client) {
	for {
		time.Sleep(time.Minute)
		c.refresh()
	}
}

var shared = newShared()

func newShared() *client {
	c := &client{}
	go watch(c) // want "GLC103 .*until the process dies"
	return c
}

var start sync.Once

func use() {
	start.Do(func() {
		go watch(shared) // want "GLC103 .*until the process dies"
	})
}

func init() {
	go watch(shared) // want "GLC103 .*until the process dies"
	setUp()
}

func setUp() {
	go watch(shared) // want "GLC103 .*until the process dies"
}

// Serve says nothing of an end, nor of how often it is called.
func Serve(c *client) {
	go watch(c) // want "GLC103 .*until the process dies"
}
