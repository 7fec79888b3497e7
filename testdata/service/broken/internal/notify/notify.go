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
	for event := range events {
		ctx = context.WithValue(ctx, traceKey{}, event.Parcel) // want "GLC304 .*declare a new variable"

		go n.announce(ctx, event) // want "GLC104 .*a channel"
	}
}

// announce sends an event to everyone who subscribed to it.
func (n *Notifier) announce(ctx context.Context, event store.Event) {
	addresses, err := n.store.Subscribers(ctx, event.Parcel)
	if err != nil {
		log.Print(err)
		return
	}
	var wg sync.WaitGroup
	for _, address := range addresses {
		wg.Add(1)
		go func() { // want "GLC107 .*skips wg.Done"
			if err := n.post(ctx, address, event); err != nil {
				log.Print(err)
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
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
	time.Sleep(500) // want "GLC405 .*500 nanoseconds"
}

// First is the first answer of an address and of its fallback.
func (n *Notifier) First(ctx context.Context, address string, event store.Event) error {
	result := make(chan error)
	go func() {
		err := n.post(ctx, address, event)
		if err != nil {
			result <- err
		}
		result <- nil // want "GLC210 only one value is taken from result"
	}()
	return <-result
}

// Print renders an event for those who subscribed by letter.
func Print(ctx context.Context, file string) error {
	return exec.Command("lpr", file).Run() // want "GLC303 exec.Command waits on"
}

// Broadcast sends an event to addresses, one after the other.
func (n *Notifier) Broadcast(ctx context.Context, addresses []string, event store.Event) {
	for _, address := range addresses {
		posting, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel() // want "GLC801"
		if err := n.post(posting, address, event); err != nil {
			log.Print(err)
		}
	}
}

// Batch sends events by a few workers.
func (n *Notifier) Batch(ctx context.Context, address string, events []store.Event) {
	queue := make(chan store.Event)
	for range 4 {
		go func() {
			for event := range queue { // want "GLC202 nobody closes queue"
				if err := n.post(ctx, address, event); err != nil {
					log.Print(err)
				}
			}
		}()
	}
	for _, event := range events {
		queue <- event
	}
}

// Greet sends the first event of a parcel, and waits until it is out.
func (n *Notifier) Greet(ctx context.Context, address, parcel string) {
	events := make(chan store.Event)
	events <- store.Event{Parcel: parcel, Status: "announced"} // want "GLC203"
	go func() {
		if err := n.post(ctx, address, <-events); err != nil {
			log.Print(err)
		}
	}()
}
