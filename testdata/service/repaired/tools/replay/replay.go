// Package replay sends recorded events again. Depots build it with the Go of their images.
package replay

import (
	"log"
	"sync"
	"time"
)

// Replayer sends events at the pace at which they were recorded.
type Replayer struct {
	send func(string) error
	quit chan struct{}
}

// New returns a replayer that sends with a function.
func New(send func(string) error) *Replayer {
	return &Replayer{send: send, quit: make(chan struct{})}
}

// Stop ends a replay early.
func (r *Replayer) Stop() { close(r.quit) }

// Paced sends one event a second.
func (r *Replayer) Paced(events <-chan string) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-r.quit:
			return
		case <-ticker.C:
			if err := r.send(<-events); err != nil {
				log.Print(err)
			}
		}
	}
}

// AtOnce sends all events side by side.
func (r *Replayer) AtOnce(events []string) {
	var wg sync.WaitGroup
	for _, event := range events {
		wg.Add(1)
		event := event
		go func() {
			defer wg.Done()
			if err := r.send(event); err != nil {
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}
