package events

import (
	"log"

	"github.com/sourcegraph/conc"
)

func (s *server) recovers() {
	go func() {
		defer func() {
			if err := recover(); err != nil {
				log.Print(err)
			}
		}()
		s.publish("x")
	}()
}

func logPanic() {
	if err := recover(); err != nil {
		log.Print(err)
	}
}

func (s *server) recoversByHelper() {
	go func() {
		defer logPanic()
		s.publish("x")
	}()
}

func (s *server) safely() {
	defer logPanic()
	s.publish("x")
}

func (s *server) recoversItself() {
	go s.safely()
}

func (s *server) closer(done chan struct{}) {
	go func() {
		s.group.Wait()
		close(done)
	}()
}

func (s *server) forwards(in <-chan int, out chan<- int) {
	go func() { out <- <-in }()
}

func (s *server) unknown(run func()) {
	go run()
}

func (s *server) inGroup() {
	var group conc.WaitGroup
	group.Go(func() { s.publish("x") })
	group.Wait()
}

func (s *server) noGoroutine() {
	s.publish("x")
}
