package firstresultleak

import (
	"context"
	"errors"
	"sync"
)

func roomForAll(replicas []replica, key string) string {
	answers := make(chan string, len(replicas))
	for _, r := range replicas {
		go func() { answers <- r.get(key) }()
	}
	return <-answers
}

func takesAll(replicas []replica, key string) (all []string) {
	answers := make(chan string)
	for _, r := range replicas {
		go func() { answers <- r.get(key) }()
	}
	for range replicas {
		all = append(all, <-answers)
	}
	return all
}

func wayOut(ctx context.Context, replicas []replica, key string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string)
	for _, r := range replicas {
		go func() {
			select {
			case answers <- r.get(key):
			case <-ctx.Done():
			}
		}()
	}
	return <-answers
}

// The error is kept, and the loop goes on.
func keepsError(checks []func() error) (first error) {
	results := make(chan error)
	for _, check := range checks {
		go func() { results <- check() }()
	}
	for range checks {
		if err := <-results; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Leaves when as many have answered as were started.
func countsDown(checks []func() error, stop <-chan struct{}) error {
	results := make(chan error)
	running := 0
	for _, check := range checks {
		running++
		go func() { results <- check() }()
	}
	for {
		select {
		case <-results:
			running--
			if running == 0 {
				return nil
			}
		case <-stop:
			stop = nil
		}
	}
}

func oneOfTwo(fast bool, key string) string {
	answers := make(chan string, 1)
	if fast {
		go func() { answers <- replica{"near"}.get(key) }()
	} else {
		go func() { answers <- replica{"far"}.get(key) }()
	}
	return <-answers
}

func turnByTurn(replicas []replica, key string) error {
	answers := make(chan string)
	for _, r := range replicas {
		go func() { answers <- r.get(key) }()
		if a := <-answers; a == "" {
			return errors.New("empty")
		}
	}
	return nil
}

func untilClosed(sites []string) (all []string) {
	links := make(chan string)
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Add(1)
		go func() {
			defer wg.Done()
			links <- site
		}()
	}
	go func() {
		wg.Wait()
		close(links)
	}()
	for link := range links {
		all = append(all, link)
	}
	return all
}

func bothTaken(primary, backup replica, key string) (string, string) {
	answers := make(chan string)
	go func() { answers <- primary.get(key) }()
	go func() { answers <- backup.get(key) }()
	return <-answers, <-answers
}

func twoReceives(primary, backup replica, key string) string {
	answers := make(chan string)
	go func() { answers <- primary.get(key) }()
	go func() { answers <- backup.get(key) }()
	first := <-answers
	second := <-answers
	return first + second
}

// Nobody sends nil, so nil says that the channel is closed.
func untilNil(sites []string) (all []*string) {
	links := make(chan *string)
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Add(1)
		go func() {
			defer wg.Done()
			links <- &site
		}()
	}
	done := make(chan bool, 1)
	go func() {
		defer func() { done <- true }()
		for {
			select {
			case link := <-links:
				if link == nil {
					return
				}
				all = append(all, link)
			}
		}
	}()
	wg.Wait()
	close(links)
	<-done
	return all
}

// Whichever server ends first says so, for all of them.
func firstToEnd(servers []func() error) error {
	ended := make(chan error)
	var once sync.Once
	end := func(err error) {
		once.Do(func() { ended <- err })
	}
	for _, serve := range servers {
		go func() { end(serve()) }()
	}
	return <-ended
}

// The collector is told to leave once all that send to it have ended.
func dismissed(servers []func() error) []error {
	var wg, collector sync.WaitGroup
	results := make(chan error)
	leave := make(chan bool)
	var all []error
	collector.Add(1)
	go func() {
		defer collector.Done()
		for {
			select {
			case <-leave:
				return
			case err := <-results:
				all = append(all, err)
			}
		}
	}()
	for _, serve := range servers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- serve()
		}()
	}
	wg.Wait()
	leave <- true
	collector.Wait()
	return all
}

// The collector leaves once it has counted all of them.
func countedUntilAll(checks []func() error) (passed, failed int) {
	var wg sync.WaitGroup
	results := make(chan error)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			if <-results == nil {
				passed++
			} else {
				failed++
			}
			finished := passed+failed == len(checks)
			if finished {
				return
			}
		}
	}()
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- check()
		}()
	}
	wg.Wait()
	return passed, failed
}
