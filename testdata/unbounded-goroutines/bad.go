// Package consumers starts a goroutine for each item of what it reads.
package consumers

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type consumer struct {
	db       *sql.DB
	messages chan string
	slots    chan struct{}
	conn     net.PacketConn
}

func (c *consumer) store(message string) error {
	_, err := c.db.Exec("INSERT INTO messages VALUES (?)", message)
	return err
}

func (c *consumer) ranges() {
	for message := range c.messages {
		go c.store(message) // want "GLC104 .*a channel"
	}
}

func (c *consumer) closure() {
	for message := range c.messages {
		go func() { // want "GLC104"
			_ = c.store(message)
		}()
	}
}

func (c *consumer) selects(ctx context.Context) {
	for {
		select {
		case message := <-c.messages:
			go func(text string) { // want "GLC104"
				_ = c.store(text)
			}(message)
		case <-ctx.Done():
			return
		}
	}
}

func (c *consumer) rows(rows *sql.Rows) {
	for rows.Next() {
		var name string
		if rows.Scan(&name) != nil {
			return
		}
		go c.store(name) // want "GLC104 .*Next"
	}
}

func (c *consumer) lines(scanner *bufio.Scanner) {
	for scanner.Scan() {
		line := scanner.Text()
		go c.store(line) // want "GLC104 .*Scan"
	}
}

func (c *consumer) packets() error {
	for {
		buffer := make([]byte, 1500)
		n, _, err := c.conn.ReadFrom(buffer)
		if err != nil {
			return err
		}
		go c.store(string(buffer[:n])) // want "GLC104 .*ReadFrom"
	}
}

// limitsTooLate takes its slot when the goroutine is already there.
func (c *consumer) limitsTooLate() {
	for message := range c.messages {
		go func() { // want "GLC104"
			c.slots <- struct{}{}
			defer func() { <-c.slots }()
			_ = c.store(message)
		}()
	}
}

func (c *consumer) group() error {
	var group errgroup.Group
	for message := range c.messages {
		group.Go(func() error { // want "GLC104"
			return c.store(message)
		})
	}
	return group.Wait()
}

func (c *consumer) waitGroup() {
	var group sync.WaitGroup
	for message := range c.messages {
		group.Go(func() { // want "GLC104"
			_ = c.store(message)
		})
	}
	group.Wait()
}

func (c *consumer) body(w http.ResponseWriter, r *http.Request) {
	var ids []string
	if json.NewDecoder(r.Body).Decode(&ids) != nil {
		return
	}
	var group sync.WaitGroup
	for _, id := range ids {
		group.Add(1)
		go func() { // want "GLC104 .*what the request holds"
			defer group.Done()
			_ = c.store(id)
		}()
	}
	group.Wait()
}

func (c *consumer) form(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.Form["id"] {
		go c.store(id) // want "GLC104"
	}
}

func (c *consumer) batches() {
	for batch := range batches(c) {
		for _, message := range batch {
			go c.twoCallsAway(message) // want "GLC104"
		}
	}
}

func batches(c *consumer) <-chan []string { return nil }

func (c *consumer) twoCallsAway(message string) {
	if message != "" {
		_ = c.store(message)
	}
}

func each[T any](items <-chan T, use func(T)) {
	for item := range items {
		go func() { // want "GLC104 .*a channel"
			time.Sleep(time.Second)
			use(item)
		}()
	}
}
