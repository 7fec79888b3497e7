// Pattern: a value is made on first use; the check outside the lock reads what another
// goroutine writes inside it.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// missing or partial locking (double-checked locking).
// Under load: in the first second after a start many requests come at once, and some get a
// half-built configuration.
// Expected: none yet: GLC508 covers maps, GLC509 captured variables; this is a plain field.

package main

import (
	"fmt"
	"sync"
)

type config struct {
	region string
	limits []int
}

type service struct {
	mu  sync.Mutex
	cfg *config
}

func (s *service) config() *config {
	if s.cfg == nil { // want-later "GLC5"
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.cfg == nil {
			s.cfg = &config{region: "eu", limits: []int{10, 20}}
		}
	}
	return s.cfg
}

func main() {
	for i := 0; i < 20; i++ {
		s := &service{}
		var wg sync.WaitGroup
		for n := 0; n < 4; n++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if len(s.config().limits) != 2 {
					fmt.Println("half a configuration")
				}
			}()
		}
		wg.Wait()
	}
}
