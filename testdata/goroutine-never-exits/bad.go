// Package workers starts goroutines that nothing ends.
package workers

import (
	"context"
	"log"
	"net"
	"sync"
	"time"
)

type client struct {
	ticker  *time.Ticker
	updates chan string
	done    chan struct{}
	conn    net.Conn
	once    sync.Once
}

func (c *client) Close() error { return c.conn.Close() }

func (c *client) refresh() { log.Print("refresh") }

func (c *client) polls() {
	go func() { // want "GLC103 .*never ends"
		for {
			c.refresh()
			time.Sleep(time.Second)
		}
	}()
}

func newClient() *client {
	c := &client{}
	go c.run() // want "GLC103"
	return c
}

func (c *client) run() {
	defer c.refresh()
	for {
		<-c.ticker.C
		c.refresh()
	}
}

func (c *client) breaksSelectOnly() {
	go func() { // want "GLC103"
		for {
			select {
			case <-c.ticker.C:
				c.refresh()
			case <-c.done:
				break
			}
		}
	}()
}

func (c *client) breaksSwitchOnly() {
	go func() { // want "GLC103"
		for {
			switch update := <-c.updates; update {
			case "stop":
				break
			default:
				log.Print(update)
			}
		}
	}()
}

func (c *client) continuesOnError() {
	go func() { // want "GLC103"
		buffer := make([]byte, 512)
		for {
			n, err := c.conn.Read(buffer)
			if err != nil {
				log.Print(err)
				continue
			}
			log.Print(n)
		}
	}()
}

func (c *client) innerLoop(ctx context.Context) {
	go func() { // want "GLC103"
		for {
			for {
				c.refresh()
			}
			select {
			case <-ctx.Done():
				return
			default:
			}
		}
	}()
}

// labelled leaves the inner loop only.
func (c *client) labelled() {
	go func() { // want "GLC103"
	outer:
		for {
			for update := range c.updates {
				if update == "stop" {
					continue outer
				}
			}
		}
	}()
}

func (c *client) twoCallsAway() {
	go func() { // want "GLC103"
		log.Print("start")
		c.serve()
	}()
}

func (c *client) serve() {
	c.refresh()
	c.run()
}

func (c *client) trueCondition() {
	go func() { // want "GLC103"
		for true {
			c.refresh()
		}
	}()
}

func (c *client) returnsFromClosureOnly() {
	go func() { // want "GLC103"
		for {
			func() {
				if c.conn == nil {
					return
				}
				c.refresh()
			}()
		}
	}()
}

func (c *client) gotoSelf() {
	go func() { // want "GLC103"
		for {
		again:
			if c.conn == nil {
				goto again
			}
		}
	}()
}

func (c *client) inVariable() {
	loop := func() {
		for {
			c.refresh()
		}
	}
	go loop() // want "GLC103"
}

func (c *client) inMethodValue() {
	run := c.run
	go run() // want "GLC103"
}

func (c *client) once1() {
	c.once.Do(func() {
		go c.run() // want "GLC103 .*never ends"
	})
}

func consume[T any](in <-chan T, use func(T)) {
	go func() { // want "GLC103"
		for {
			use(<-in)
		}
	}()
}

func inOtherFile(c *client) {
	go watch(c) // want "GLC103"
}

func table(c *client) {
	for _, name := range []string{"a", "b"} {
		go func() { // want "GLC103"
			for {
				c.refresh()
				log.Print(name)
			}
		}()
	}
}
