package consumers

import (
	"context"
	"log"
	"net"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func (c *consumer) limited() error {
	var group errgroup.Group
	group.SetLimit(64)
	for message := range c.messages {
		group.Go(func() error { return c.store(message) })
	}
	return group.Wait()
}

func (c *consumer) semaphoreChannel() {
	slots := make(chan struct{}, 64)
	for message := range c.messages {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			_ = c.store(message)
		}()
	}
}

func (c *consumer) tokens() {
	for message := range c.messages {
		<-c.slots
		go func() {
			defer func() { c.slots <- struct{}{} }()
			_ = c.store(message)
		}()
	}
}

func (c *consumer) weighted(ctx context.Context, slots *semaphore.Weighted) {
	for message := range c.messages {
		if slots.Acquire(ctx, 1) != nil {
			return
		}
		go func() {
			defer slots.Release(1)
			_ = c.store(message)
		}()
	}
}

func (c *consumer) workers() {
	for range 8 {
		go func() {
			for message := range c.messages {
				_ = c.store(message)
			}
		}()
	}
}

func (c *consumer) accepts(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go c.serve(conn)
	}
}

func (c *consumer) serve(conn net.Conn) {
	buffer := make([]byte, 512)
	if n, err := conn.Read(buffer); err == nil {
		_ = c.store(string(buffer[:n]))
	}
}

func (c *consumer) connections(conns <-chan net.Conn) {
	for conn := range conns {
		go c.serve(conn)
	}
}

func (c *consumer) list(names []string) {
	for _, name := range names {
		go c.store(name)
	}
	for _, name := range []string{"a", "b"} {
		go c.store(name)
	}
}

func (c *consumer) quick() {
	for message := range c.messages {
		go func() {
			log.Print(message)
		}()
	}
}

func (c *consumer) ticks(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			go c.store("tick")
		case <-done:
			return
		}
	}
}

func (c *consumer) joinedEachTurn() {
	for message := range c.messages {
		done := make(chan error)
		go func() { done <- c.store(message) }()
		if err := <-done; err != nil {
			log.Print(err)
		}
	}
}

func (c *consumer) inBatches() {
	for batch := range batches(c) {
		var group sync.WaitGroup
		for _, message := range batch {
			group.Add(1)
			go func() {
				defer group.Done()
				_ = c.store(message)
			}()
		}
		group.Wait()
	}
}

func (c *consumer) oncePerKey() {
	running := make(map[string]bool)
	for message := range c.messages {
		if _, ok := running[message]; ok {
			continue
		}
		running[message] = true
		go c.store(message)
	}
}

func (c *consumer) counts() {
	active := 0
	for message := range c.messages {
		if active >= 64 {
			log.Print("busy")
			continue
		}
		active++
		go c.store(message)
	}
}

func (c *consumer) reloads(reload <-chan struct{}) {
	for range reload {
		go c.store("reload")
	}
}

func (c *consumer) inGroup(group *errgroup.Group) {
	for message := range c.messages {
		group.Go(func() error { return c.store(message) })
	}
}

// Only some items get a goroutine.
func (c *consumer) chosen(urgent map[string]bool) {
	for message := range c.messages {
		if urgent[string(message)] {
			go c.store(message)
		}
	}
}

// A slot is taken, or the loop ends.
func (c *consumer) slotOrEnd(ctx context.Context, free chan struct{}) {
	for message := range c.messages {
		select {
		case <-ctx.Done():
			return
		case <-free:
		}
		go func() {
			c.store(message)
			free <- struct{}{}
		}()
	}
}

// Connections that another goroutine accepts.
func (c *consumer) accepted(ctx context.Context, listener net.Listener) {
	type accepted struct {
		conn net.Conn
		err  error
	}
	connections := make(chan accepted)
	go func() {
		for {
			conn, err := listener.Accept()
			connections <- accepted{conn, err}
		}
	}()
	for {
		select {
		case peer := <-connections:
			if peer.err != nil {
				return
			}
			go c.greet(peer.conn)
		case <-ctx.Done():
			return
		}
	}
}

func (c *consumer) greet(conn net.Conn) {
	_, _ = conn.Write([]byte("hello"))
}

// The reader before has to end first.
func (c *consumer) oneReader(ctx context.Context, sources chan string, ended chan error) {
	reading := false
	for {
		select {
		case source := <-sources:
			if reading {
				c.drain(ended)
			}
			go func() { ended <- c.store(source) }()
			reading = true
		case <-ended:
			reading = false
		case <-ctx.Done():
			return
		}
	}
}

func (c *consumer) drain(ended chan error) {
	for {
		if <-ended == nil {
			return
		}
	}
}

// One at a time: the one before is cancelled.
func (c *consumer) latest(ctx context.Context) {
	cancel := func() {}
	for message := range c.messages {
		cancel()
		turn, stop := context.WithCancel(ctx)
		cancel = stop
		go func() {
			<-turn.Done()
			_ = c.store(message)
		}()
	}
	cancel()
}

type set struct{ names []string }

func (s *set) Iterate() chan string {
	out := make(chan string, len(s.names))
	for _, name := range s.names {
		out <- name
	}
	close(out)
	return out
}

// What a collection holds.
func (c *consumer) each(names *set) {
	for name := range names.Iterate() {
		go c.store(name)
	}
}
