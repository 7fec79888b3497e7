// Pattern: a counter is raised with sync/atomic and read as a plain variable.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// misuse of sync/atomic; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS
// 2019), section 6.1.1, atomicity.
// Under load: readers see old values for as long as the compiler likes, torn ones on 32-bit
// machines.
// Expected: GLC510 at the plain access.

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
	return s.inFlight > 100 // want "GLC510"
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
