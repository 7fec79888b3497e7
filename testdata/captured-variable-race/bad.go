package race

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

var errNoSuchUser = errors.New("no such user")

func loadName(id int) (string, error) { return fmt.Sprint("user ", id), nil }

func loadLikes(id int) (int, error) {
	if id < 0 {
		return 0, errNoSuchUser
	}
	return id * 3, nil
}

// The err of the function is also the goroutine's.
func sharedError(id int) (string, int, error) {
	var likes int
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		likes, err = loadLikes(id) // want "GLC509 err is written here while another goroutine writes it"
	}()
	name, err := loadName(id)
	if err != nil {
		return "", 0, err
	}
	<-done
	return name, likes, err
}

func appendToOne(ids []int) []string {
	var names []string
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			name, _ := loadName(id)
			names = append(names, name) // want "GLC509 .*many goroutines at once, and each of them writes names"
		}()
	}
	wg.Wait()
	return names
}

func errorOfGroup(ids []int) error {
	var g errgroup.Group
	var err error
	likes := make([]int, len(ids))
	for i, id := range ids {
		g.Go(func() error {
			likes[i], err = loadLikes(id) // want "GLC509 .*each of them writes err"
			return err
		})
	}
	return g.Wait()
}

func twoOfOneGroup(id int) (name string, likes int, err error) {
	g, _ := errgroup.WithContext(context.Background())
	g.Go(func() error {
		name, err = loadName(id) // want "GLC509 err is written here while another goroutine writes it"
		return err
	})
	g.Go(func() error {
		likes, err = loadLikes(id)
		return err
	})
	if first := g.Wait(); first != nil {
		return "", 0, first
	}
	return name, likes, nil
}

// The caller gets the result that is set by return, or the goroutine's, or half of each.
func namedResult(id int, refreshed *sync.WaitGroup) (name string, err error) {
	refreshed.Add(1)
	go func() {
		defer refreshed.Done()
		name, err = loadName(id) // want "GLC509 name is written" "GLC509 err is written"
	}()
	return "cached", nil
}

type progress struct {
	done  int
	total int
}

func fieldOfStruct(total int) progress {
	p := progress{total: total}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for range total {
			p.done++ // want "GLC509 p.done is written here while another goroutine reads it"
		}
	}()
	if p.done == total {
		fmt.Println("all done before it began")
	}
	<-finished
	return p
}

// The goroutine is started by a closure, and that by a loop.
func startedByClosure(ids []int) int {
	sum := 0
	var wg sync.WaitGroup
	add := func(id int) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			likes, _ := loadLikes(id)
			sum += likes // want "GLC509 .*each of them writes sum"
		}()
	}
	for _, id := range ids {
		add(id)
	}
	wg.Wait()
	return sum
}

// Locked where it is written, not where it is read.
func readWithoutLock(ids []int) int {
	var mu sync.Mutex
	sum := 0
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += id
		})
	}
	fmt.Println("so far", sum) // want "GLC509 sum is read here while another goroutine writes it"
	wg.Wait()
	return sum
}

// The deadline ends the wait, not the goroutine.
func readAfterDeadline(ctx context.Context, id int) (string, error) {
	var name string
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		name, err = loadName(id) // want "GLC509 name is written here while another goroutine reads it"
	}()
	select {
	case <-done:
		return name, err
	case <-ctx.Done():
		return name, ctx.Err()
	}
}

// One counter for all requests.
func counting() http.Handler {
	hits := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits++ // want "GLC509 .*each of them writes hits"
		w.WriteHeader(http.StatusNoContent)
	})
}

func registered(mux *http.ServeMux) {
	var last time.Time
	mux.HandleFunc("/last", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, last)
		last = time.Now() // want "GLC509 .*each of them writes last"
	})
}

// The starter writes while the goroutine reads.
func writtenByStarter(id int) string {
	name := "unknown"
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		fmt.Println("loading", name)
	}()
	name, _ = loadName(id) // want "GLC509 name is written here while another goroutine reads it"
	wg.Wait()
	return name
}

// A slice header that is copied for the goroutine while another appends.
func headerCopied(batches int) int {
	var mu sync.Mutex
	var results []string
	save := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		results = append(results, s)
	}
	var wg sync.WaitGroup
	for range batches {
		wg.Add(1)
		go func(seen []string) {
			defer wg.Done()
			save(fmt.Sprint("batch after ", len(seen)))
		}(results) // want "GLC509 results is read here while another goroutine writes it"
	}
	wg.Wait()
	return len(results)
}

// A worker inside a goroutine: nobody waits for it before the sum is used.
func nested(ids []int) int {
	sum := 0
	started := make(chan struct{})
	var workers sync.WaitGroup
	go func() {
		for _, id := range ids {
			workers.Add(1)
			go func() {
				defer workers.Done()
				sum += id // want "GLC509 .*each of them writes sum"
			}()
		}
		close(started)
	}()
	<-started
	workers.Wait()
	return sum
}

func loadWithin(ctx context.Context, id int) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if ctx.Err() != nil {
		return ""
	}
	return fmt.Sprint("user ", id)
}

// The context that ends is the goroutine's own, and tells its starter nothing.
func ownContext(ctx context.Context, ids []int) string {
	last := ""
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			last = loadWithin(ctx, id) // want "GLC509 .*each of them writes last"
		}()
	}
	wg.Wait()
	return last
}
