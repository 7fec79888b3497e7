// Package report starts goroutines that count themselves.
package report

import (
	"sync"
	gosync "sync"
)

type store struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	rows []string
}

func (s *store) put(row string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = append(s.rows, row)
}

func closure(s *store, titles []string) {
	var wg sync.WaitGroup
	for _, title := range titles {
		go func() {
			wg.Add(1) // want "GLC106 .*before the go statement"
			defer wg.Done()
			s.put(title)
		}()
	}
	wg.Wait()
}

func parameter(s *store, titles []string) {
	var wg gosync.WaitGroup
	for _, title := range titles {
		go func(group *gosync.WaitGroup, title string) {
			group.Add(1) // want "GLC106"
			s.put(title)
			group.Done()
		}(&wg, title)
	}
	wg.Wait()
}

func (s *store) serve(titles <-chan string) {
	go s.loop(titles)
}

func (s *store) loop(titles <-chan string) {
	s.wg.Add(1) // want "GLC106"
	defer s.wg.Done()
	for title := range titles {
		s.put(title)
	}
}

func (s *store) stop() {
	s.wg.Wait()
}

func named(s *store, titles []string) {
	var wg sync.WaitGroup
	for _, title := range titles {
		go work(&wg, s, title)
	}
	wg.Wait()
}

func work(wg *sync.WaitGroup, s *store, title string) {
	wg.Add(1) // want "GLC106"
	defer wg.Done()
	s.put(title)
}

func otherFile(s *store, titles []string) {
	var wg sync.WaitGroup
	for _, title := range titles {
		go workElsewhere(&wg, s, title) // want "GLC106"
	}
	wg.Wait()
}

func deferredClosure(s *store) {
	wg := &sync.WaitGroup{}
	go func() {
		wg.Add(1) // want "GLC106"
		defer func() {
			s.put("end")
			wg.Done()
		}()
		s.put("one")
	}()
	wg.Wait()
}

func afterSomething(s *store, title string) {
	var wg sync.WaitGroup
	go func() {
		s.put("first")
		if title != "" {
			wg.Add(1) // want "GLC106"
			s.put(title)
			wg.Done()
		}
	}()
	wg.Wait()
}

type embedded struct {
	sync.WaitGroup
	rows []string
}

func (e *embedded) run() {
	for range 3 {
		go func() {
			e.Add(1) // want "GLC106"
			defer e.WaitGroup.Done()
		}()
	}
	e.Wait()
}

func local(s *store) {
	var wg sync.WaitGroup
	run := func() {
		wg.Add(1) // want "GLC106"
		defer wg.Done()
		s.put("run")
	}
	go run()
	wg.Wait()
}

func generic[T any](items []T, do func(T)) {
	var wg sync.WaitGroup
	for _, item := range items {
		go func() {
			wg.Add(1) // want "GLC106"
			defer wg.Done()
			do(item)
		}()
	}
	wg.Wait()
}
