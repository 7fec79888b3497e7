// Repair of bad.go: sync.Once.

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
	once sync.Once
	cfg  *config
}

func (s *service) config() *config {
	s.once.Do(func() {
		s.cfg = &config{region: "eu", limits: []int{10, 20}}
	})
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
