// Package notify tells subscribers what happens to their parcels.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os/exec"
	"sync"
	"time"

	"example.com/parcels/internal/store"
	"golang.org/x/sync/errgroup"
)

var errRefused = errors.New("notify: refused")

type traceKey struct{}

// Notifier sends events to the addresses of subscribers.
type Notifier struct {
	store  *store.Store
	client *http.Client
}

// New returns a notifier of the store's subscribers.
func New(parcels *store.Store) *Notifier {
	return &Notifier{store: parcels, client: &http.Client{Timeout: 10 * time.Second}}
}

// post delivers an event to one address.
func (n *Notifier) post(ctx context.Context, address string, event store.Event) error {
	body, err := json.Marshal(event)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := n.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return errRefused
	}
	return nil
}

// Follow sends events as they come.
func (n *Notifier) Follow(ctx context.Context, events <-chan store.Event) {
	var group errgroup.Group
	group.SetLimit(16)
	for event := range events {
		ctx := context.WithValue(ctx, traceKey{}, event.Parcel)
		group.Go(func() error {
			return n.announce(ctx, event)
		})
	}
	if err := group.Wait(); err != nil {
		log.Print(err)
	}
}

// announce sends an event to everyone who subscribed to it.
func (n *Notifier) announce(ctx context.Context, event store.Event) error {
	addresses, err := n.store.Subscribers(ctx, event.Parcel)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, address := range addresses {
		wg.Go(func() {
			if err := n.post(ctx, address, event); err != nil {
				log.Print(err)
			}
		})
	}
	wg.Wait()
	return nil
}

// Reach says whether an address takes a test event.
func (n *Notifier) Reach(ctx context.Context, address string) error {
	if address == "" {
		return errRefused
	}
	testing, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return n.post(testing, address, store.Event{Status: "test", At: time.Now()})
}

// Repeat posts an event until it is taken, five times at most.
func (n *Notifier) Repeat(address string, event store.Event) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for range 5 {
		if err := n.post(ctx, address, event); err == nil {
			return nil
		}
		pause()
	}
	return errRefused
}

// pause is half a second.
func pause() {
	time.Sleep(500 * time.Millisecond)
}

// First is the first answer of an address and of its fallback.
func (n *Notifier) First(ctx context.Context, address string, event store.Event) error {
	result := make(chan error)
	go func() {
		result <- n.post(ctx, address, event)
	}()
	return <-result
}

// Print renders an event for those who subscribed by letter.
func Print(ctx context.Context, file string) error {
	return exec.CommandContext(ctx, "lpr", file).Run()
}

// Broadcast sends an event to addresses, one after the other.
func (n *Notifier) Broadcast(ctx context.Context, addresses []string, event store.Event) {
	for _, address := range addresses {
		func() {
			posting, cancel := context.WithTimeout(ctx, 5*time.Second)
			defer cancel()
			if err := n.post(posting, address, event); err != nil {
				log.Print(err)
			}
		}()
	}
}

// Batch sends events by a few workers.
func (n *Notifier) Batch(ctx context.Context, address string, events []store.Event) {
	queue := make(chan store.Event)
	for range 4 {
		go func() {
			for event := range queue {
				if err := n.post(ctx, address, event); err != nil {
					log.Print(err)
				}
			}
		}()
	}
	for _, event := range events {
		queue <- event
	}
	close(queue)
}

// Greet sends the first event of a parcel, and waits until it is out.
func (n *Notifier) Greet(ctx context.Context, address, parcel string) {
	event := store.Event{Parcel: parcel, Status: "announced"}
	if err := n.post(ctx, address, event); err != nil {
		log.Print(err)
	}
}
