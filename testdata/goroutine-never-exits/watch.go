package workers

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
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

// NewClient says nothing of an end either.
func NewClient() *client {
	c := &client{}
	go watch(c) // want "GLC103 .*until the process dies"
	return c
}

// NewBoundClient has a context that could end it.
func NewBoundClient(ctx context.Context) *client {
	c := &client{}
	go watch(c) // want "GLC103 .*runs until"
	return c
}

// Main is what the main of another package calls.
func Main() {
	for range 100 {
		go watch(shared) // want "GLC103 .*until the process dies"
	}
}

// Signals come for the process.
func (c *client) Reload() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	go func() { // want "GLC103 .*until the process dies"
		for {
			<-signals
			c.refresh()
		}
	}()
}
