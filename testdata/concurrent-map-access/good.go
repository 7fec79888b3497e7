package mapaccess

import (
	"maps"
	"net/http"
	"sync"
)

func lockedFill(pages []string) map[string]int {
	var mu sync.Mutex
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Go(func() {
			n := len(page)
			mu.Lock()
			defer mu.Unlock()
			counts[page] = n
		})
	}
	wg.Wait()
	return counts
}

func syncMap(pages []string) int {
	var counts sync.Map
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Go(func() { counts.Store(page, len(page)) })
	}
	wg.Wait()
	n := 0
	counts.Range(func(_, _ any) bool { n++; return true })
	return n
}

// Written before the goroutines start, only read by them, written again after they are done.
func readOnlyMeanwhile(pages []string) map[string]int {
	table := map[string]int{}
	for i, page := range pages {
		table[page] = i
	}
	var wg sync.WaitGroup
	sums := make([]int, len(pages))
	for i, page := range pages {
		wg.Go(func() { sums[i] = table[page] })
	}
	wg.Wait()
	for i, page := range pages {
		table[page] = sums[i]
	}
	return table
}

func mapEach(pages []string) []map[string]int {
	all := make([]map[string]int, len(pages))
	var wg sync.WaitGroup
	for i, page := range pages {
		own := map[string]int{}
		wg.Go(func() {
			own[page] = len(page)
			all[i] = own
		})
	}
	wg.Wait()
	return all
}

// The batch that the goroutine sums up is another than the one that is filled next.
func batches(pages []string) int {
	sums := make(chan int, len(pages))
	batch := map[string]int{}
	started := 0
	for _, page := range pages {
		batch[page] = len(page)
		if len(batch) == 2 {
			go func(full map[string]int) {
				sum := 0
				for _, n := range full {
					sum += n
				}
				sums <- sum
			}(batch)
			started++
			batch = map[string]int{}
		}
	}
	total := 0
	for range started {
		total += <-sums
	}
	return total
}

type quotas struct {
	mu   sync.RWMutex
	used map[string]int
}

func (q *quotas) getLock() func() {
	q.mu.Lock()
	return q.mu.Unlock
}

func (q *quotas) spend(key string) {
	defer q.getLock()()
	q.spendLocked(key)
}

func (q *quotas) spendLocked(key string) { q.used[key]++ }

func (q *quotas) exhausted(key string, lock bool) bool {
	if lock {
		q.mu.RLock()
		defer q.mu.RUnlock()
	}
	return q.used[key] > 100
}

func lockedMethods(q *quotas, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			if !q.exhausted(key, true) {
				q.spend(key)
			}
		})
	}
	wg.Wait()
}

type registry struct {
	sync.Mutex
	names map[string]string
}

func (g *registry) register(w http.ResponseWriter, r *http.Request) {
	g.Lock()
	defer g.Unlock()
	g.names[r.RemoteAddr] = r.URL.Path
	w.WriteHeader(http.StatusNoContent)
}

// A map of the request's own.
func form(w http.ResponseWriter, r *http.Request) {
	values := map[string]string{}
	for name := range r.URL.Query() {
		values[name] = r.URL.Query().Get(name)
	}
	w.Header()["X-Count"] = []string{values["count"]}
	w.WriteHeader(http.StatusNoContent)
}

// One goroutine owns the map; others send it what to do.
func owned(keys []string) map[string]int {
	updates := make(chan string)
	table := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for key := range updates {
			table[key]++
		}
	}()
	for _, key := range keys {
		updates <- key
	}
	close(updates)
	<-done
	return table
}

type worker struct {
	seen map[string]bool
}

func (w *worker) run(pages []string, wg *sync.WaitGroup) {
	defer wg.Done()
	for _, page := range pages {
		w.seen[page] = true
	}
}

func objectEach(pages []string, n int) {
	var wg sync.WaitGroup
	for range n {
		w := &worker{seen: map[string]bool{}}
		wg.Add(1)
		go w.run(pages, &wg)
	}
	wg.Wait()
}

// Shadowed: a function of this name is no builtin.
func shadowed(pages []string) int {
	delete := func(table []string, page string) int { return len(table) + len(page) }
	table := pages
	sums := make([]int, len(pages))
	var wg sync.WaitGroup
	for i, page := range pages {
		wg.Go(func() { sums[i] = delete(table, page) })
	}
	wg.Wait()
	return len(sums)
}

// What is handed on is no longer written: a new map is in its place.
func swapped(keys []string, publish func(map[string]int)) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	loaded := make(map[string]int)
	flush := func() {
		mu.Lock()
		chunk := loaded
		loaded = make(map[string]int)
		mu.Unlock()
		total := 0
		for _, n := range chunk {
			total += n
		}
		chunk[""] = total
		publish(chunk)
	}
	for i, key := range keys {
		if i%10 == 0 {
			flush()
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			loaded[key] = i
			mu.Unlock()
		}()
	}
	wg.Wait()
	flush()
}

// Each goroutine fills a copy that fill has made for itself.
func fillsCopies(shared map[string]int) {
	var wg sync.WaitGroup
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fillCopy(shared)
		}()
	}
	wg.Wait()
}

func fillCopy(data map[string]int) map[string]int {
	data = maps.Clone(data)
	data["filled"] = 1
	return data
}
