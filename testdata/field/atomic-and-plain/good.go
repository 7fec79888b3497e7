// Repair of bad.go: atomic on both sides.

package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type requestStats struct {
	inFlight int64
}

func (s *requestStats) begin() { atomic.AddInt64(&s.inFlight, 1) }
func (s *requestStats) end()   { atomic.AddInt64(&s.inFlight, -1) }

func (s *requestStats) overloaded() bool {
	return atomic.LoadInt64(&s.inFlight) > 100
}

func main() {
	s := &requestStats{}
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.begin()
			defer s.end()
			if s.overloaded() {
				fmt.Println("overloaded")
			}
		}()
	}
	wg.Wait()
}
