// Package blocking holds waits of open length under locks that others need for a moment.
package blocking

import (
	"database/sql"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

type rates struct {
	mu     sync.RWMutex
	client *http.Client
	db     *sql.DB
	url    string
	values map[string]float64
	events chan string
}

func newRates() *rates {
	return &rates{values: map[string]float64{}, events: make(chan string)}
}

func (r *rates) rate(currency string) float64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.values[currency]
}

func (r *rates) set(currency string, value float64) {
	r.mu.Lock()
	r.values[currency] = value
	r.mu.Unlock()
}

func (r *rates) refresh() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	resp, err := r.client.Get(r.url) // want "GLC502 r.mu is held while this may wait \(http.Client.Get\), and everything that needs the lock, such as rates.rate"
	if err != nil {
		return err
	}
	r.values["EUR"] = float64(resp.StatusCode)
	return resp.Body.Close()
}

func (r *rates) fetch() (*http.Response, error) {
	return http.Get(r.url)
}

func (r *rates) fetchAll() (*http.Response, error) {
	return r.fetch()
}

func (r *rates) refreshByHelper() {
	r.mu.Lock()
	defer r.mu.Unlock()
	resp, err := r.fetchAll() // want "GLC502 .*\(fetchAll -> fetch -> http.Get\)"
	if err == nil {
		_ = resp.Body.Close()
	}
}

func (r *rates) load() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	row := r.db.QueryRow("select rate from rates") // want "GLC502 .*sql.DB.QueryRow"
	var value float64
	err := row.Scan(&value)
	r.values["EUR"] = value
	return err
}

func (r *rates) retry() {
	r.mu.Lock()
	for range 3 {
		time.Sleep(time.Second) // want "GLC502 .*time.Sleep"
	}
	r.mu.Unlock()
}

func (r *rates) run(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return exec.Command(name).Run() // want "GLC502 .*exec.Cmd.Run"
}

func (r *rates) publish(currency string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events <- currency // want "GLC502 .*a channel send"
}

func (r *rates) next() {
	r.mu.Lock()
	defer r.mu.Unlock()
	currency := <-r.events // want "GLC502 .*a channel receive"
	r.values[currency] = 0
}

func (r *rates) rebuild(currencies []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var wg sync.WaitGroup
	for _, currency := range currencies {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.set(currency, 0)
		}()
	}
	wg.Wait() // want "GLC502 .*sync.WaitGroup.Wait"
}

func (r *rates) resolve(host string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	addrs, _ := net.LookupHost(host) // want "GLC502 .*such as rates.set"
	_ = addrs
}

func (r *rates) fetchEach(urls []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			resp, err := http.Get(url)
			if err == nil {
				_ = resp.Body.Close()
			}
		}()
	}
	wg.Wait() // want "GLC502 .*sync.WaitGroup.Wait"
}

func (r *rates) onSomePaths(fresh bool) {
	r.mu.Lock()
	if fresh {
		r.mu.Unlock()
		time.Sleep(time.Second)
		r.mu.Lock()
	} else {
		time.Sleep(time.Second) // want "GLC502"
	}
	r.values["EUR"]++
	r.mu.Unlock()
}

var (
	global sync.Mutex
	count  int
)

func read() int {
	global.Lock()
	defer global.Unlock()
	return count
}

func packageLevel() {
	global.Lock()
	defer global.Unlock()
	time.Sleep(time.Second) // want "GLC502 global is held .*such as read"
	count++
}
