package workers

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"time"
)

func (c *client) returnsOnDone(ctx context.Context) {
	go func() {
		for {
			select {
			case <-c.ticker.C:
				c.refresh()
			case <-ctx.Done():
				return
			}
		}
	}()
}

func (c *client) breaksLoop() {
	go func() {
	loop:
		for {
			select {
			case <-c.ticker.C:
				c.refresh()
			case <-c.done:
				break loop
			}
		}
		c.refresh()
	}()
}

func (c *client) breaksOnError() {
	go func() {
		buffer := make([]byte, 512)
		for {
			if _, err := c.conn.Read(buffer); err != nil {
				break
			}
		}
	}()
}

func (c *client) leavesByGoto() {
	go func() {
		for {
			if c.conn == nil {
				goto end
			}
			c.refresh()
		}
	end:
		log.Print("end")
	}()
}

func (c *client) hasCondition(ctx context.Context) {
	go func() {
		for ctx.Err() == nil {
			c.refresh()
		}
	}()
}

func (c *client) rangesOver() {
	go func() {
		for update := range c.updates {
			log.Print(update)
		}
	}()
}

func (c *client) closedChannel() {
	go func() {
		for {
			update, ok := <-c.updates
			if !ok {
				return
			}
			log.Print(update)
		}
	}()
}

func (c *client) panics() {
	go func() {
		for {
			if c.conn == nil {
				panic("no connection")
			}
			c.refresh()
		}
	}()
}

func (c *client) exits() {
	go func() {
		for {
			if c.conn == nil {
				os.Exit(1)
			}
			c.refresh()
		}
	}()
	go func() {
		for {
			if c.conn == nil {
				log.Fatal("no connection")
			}
			c.refresh()
		}
	}()
	go func() {
		for {
			if c.conn == nil {
				runtime.Goexit()
			}
			c.refresh()
		}
	}()
}

func (c *client) exitsInHelper() {
	go func() {
		for {
			c.must()
			c.refresh()
		}
	}()
}

func (c *client) must() {
	if c.conn == nil {
		fail("no connection")
	}
}

func fail(message string) { log.Fatal(message) }

func (c *client) retries() {
	go func() {
		for {
			err := c.connect()
			if err == nil {
				return
			}
			time.Sleep(time.Second)
		}
	}()
}

func (c *client) connect() error { return errors.New("down") }

func (c *client) notStarted() {
	for {
		c.refresh()
	}
}

func (c *client) oneTurn() {
	go func() {
		for {
			c.refresh()
			break
		}
	}()
}

func (c *client) leavesInSwitch() {
	go func() {
		for {
			switch err := c.connect(); {
			case errors.Is(err, io.EOF):
				return
			default:
				log.Print(err)
			}
		}
	}()
}

func (c *client) maySkip() {
	go func() {
		if c.conn != nil {
			c.returnsOnDone(context.Background())
		}
	}()
}

// stream is a handler: its loop is another rule's.
func stream(w http.ResponseWriter, r *http.Request) {
	for {
		_, _ = io.WriteString(w, "tick")
	}
}

func startsHandler(w http.ResponseWriter, r *http.Request) {
	go stream(w, r)
}
