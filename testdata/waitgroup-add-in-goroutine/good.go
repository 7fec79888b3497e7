package report

import "sync"

func countedBefore(s *store, titles []string) {
	var wg sync.WaitGroup
	for _, title := range titles {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.put(title)
		}()
	}
	wg.Wait()
}

func countsItsChildren(s *store, titles []string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, title := range titles {
			wg.Add(1)
			go func() {
				defer wg.Done()
				s.put(title)
			}()
		}
	}()
	wg.Wait()
}

func childrenOfUncounted(s *store, titles []string) {
	var wg sync.WaitGroup
	ready := make(chan struct{})
	go func() {
		for _, title := range titles {
			wg.Add(1)
			go func() {
				defer wg.Done()
				s.put(title)
			}()
		}
		close(ready)
	}()
	<-ready
	wg.Wait()
}

func ownGroup(s *store, titles []string, done chan<- struct{}) {
	go func() {
		var wg sync.WaitGroup
		for _, title := range titles {
			wg.Add(1)
			func() {
				defer wg.Done()
				s.put(title)
			}()
		}
		wg.Wait()
		done <- struct{}{}
	}()
}

func tellsThatItStarted(s *store) {
	var wg sync.WaitGroup
	started := make(chan struct{})
	go func() {
		wg.Add(1)
		defer wg.Done()
		close(started)
		s.put("late")
	}()
	<-started
	wg.Wait()
}

func startedGroup(s *store) {
	var started, finished sync.WaitGroup
	started.Add(1)
	go func() {
		finished.Add(1)
		defer finished.Done()
		started.Done()
		s.put("late")
	}()
	started.Wait()
	finished.Wait()
}

type counter struct{ n int }

func (c *counter) Add(n int) { c.n += n }
func (c *counter) Done()     { c.n-- }

func notAGroup(c *counter) {
	go func() {
		c.Add(1)
		defer c.Done()
	}()
}

func usesGo(s *store) {
	var wg sync.WaitGroup
	wg.Go(func() { s.put("one") })
	wg.Wait()
}

func countsForOthers(s *store, queue chan string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		wg.Add(1)
		go later(&wg, s)
		s.put(<-queue)
	}()
	wg.Wait()
}

func later(wg *sync.WaitGroup, s *store) {
	defer wg.Done()
	s.put("later")
}

func (s *store) startLocked() {
	go s.runLocked()
}

func (s *store) runLocked() {
	s.mu.Lock()
	if s.rows == nil {
		s.mu.Unlock()
		return
	}
	s.wg.Add(1)
	defer s.wg.Done()
	s.mu.Unlock()
	s.put("late")
}
