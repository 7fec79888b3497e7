package firstresultleak

import (
	"context"
	"errors"
	"sync"
)

type replica struct{ zone string }

func (r replica) get(key string) string { return r.zone + key }

func (r replica) ask(key string, out chan<- string) {
	out <- r.get(key) // want "GLC209"
}

func fastest(replicas []replica, key string) string {
	answers := make(chan string)
	for _, r := range replicas {
		go func() {
			answers <- r.get(key) // want "GLC209 .*make.chan T, len.replicas."
		}()
	}
	return <-answers
}

func named(replicas []replica, key string) string {
	answers := make(chan string)
	for _, r := range replicas {
		go r.ask(key, answers)
	}
	return <-answers
}

func firstError(checks []func() error) error {
	results := make(chan error)
	for _, check := range checks {
		go func() {
			results <- check() // want "GLC209"
		}()
	}
	for range checks {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func twoHosts(ctx context.Context, key string) (string, error) {
	answers := make(chan string)
	for _, zone := range []string{"east", "west"} {
		go func(zone string) {
			answers <- replica{zone}.get(key) // want "GLC209 .*make.chan T, 2"
		}(zone)
	}
	select {
	case a := <-answers:
		return a, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func counted(n int, key string) string {
	answers := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			answers <- replica{}.get(key) // want "GLC209"
		}()
	}
	return <-answers
}

// A hedge without a loop.
func hedge(primary, backup replica, key string) string {
	answers := make(chan string)
	go func() {
		answers <- primary.get(key) // want "GLC209 .*make.chan T, 2"
	}()
	go func() { answers <- backup.get(key) }()
	return <-answers
}

// The workers are waited for, the reader is not.
func firstLink(sites []string) string {
	links := make(chan string)
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, page := range []string{"a", "b"} {
				links <- site + page // want "GLC209"
			}
		}()
	}
	go func() {
		wg.Wait()
		close(links)
	}()
	for link := range links {
		if link != "" {
			return link
		}
	}
	return ""
}

func overMap(shards map[string]replica, key string) (string, error) {
	answers := make(chan string)
	for _, shard := range shards {
		go func() {
			answers <- shard.get(key) // want "GLC209"
		}()
	}
	for i := 0; i < len(shards); i++ {
		if a := <-answers; a == "" {
			return "", errors.New("empty shard")
		}
	}
	return "", nil
}

func generic[T any](calls []func() T) T {
	out := make(chan T)
	for _, call := range calls {
		go func() {
			out <- call() // want "GLC209"
		}()
	}
	return <-out
}
