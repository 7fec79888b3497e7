package report

import "sync"

func workElsewhere(wg *sync.WaitGroup, s *store, title string) {
	wg.Add(1)
	defer wg.Done()
	s.put(title)
}
