package blocking

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"sync"
	"time"
)

func (r *rates) unlocksBefore() error {
	resp, err := r.client.Get(r.url)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.values["EUR"] = float64(resp.StatusCode)
	r.mu.Unlock()
	return resp.Body.Close()
}

func (r *rates) inGoroutine() {
	r.mu.Lock()
	defer r.mu.Unlock()
	go func() {
		_, _ = r.fetch()
	}()
}

// pollOnce expects r.mu to be held, and gives it back while it waits.
func (r *rates) pollOnce() {
	r.mu.Unlock()
	time.Sleep(time.Second)
	r.mu.Lock()
}

func (r *rates) polls() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pollOnce()
	r.values["EUR"]++
}

func (r *rates) wait(block bool) {
	if block {
		time.Sleep(time.Second)
	}
}

func (r *rates) doesNotWait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wait(false)
}

func (r *rates) tries(currency string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case r.events <- currency:
		return true
	default:
		return false
	}
}

func (r *rates) bounded(ctx context.Context, currency string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case r.events <- currency:
	case <-ctx.Done():
	}
}

func (r *rates) short() {
	r.mu.Lock()
	defer r.mu.Unlock()
	time.Sleep(time.Millisecond)
}

func (r *rates) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	time.Sleep(time.Second)
}

// A connection of its own: the lock is there so that one writes at a time.
type client struct {
	mu   sync.Mutex
	conn net.Conn
	tx   *sql.Tx
	sent int
}

func (c *client) send(data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.conn.Write(data)
	c.sent++
	return err
}

func (c *client) exec(query string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.tx.Exec(query)
	return err
}

func (c *client) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sent
}

// One refresh at a time: nobody takes this lock for a moment only.
type single struct {
	refreshing sync.Mutex
	mu         sync.Mutex
	value      *http.Response
}

func (s *single) refresh(url string) {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	resp, err := http.Get(url)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.value = resp
	s.mu.Unlock()
}

func (s *single) get() *http.Response {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.value
}

// The lock keeps the channel from being closed while somebody sends.
type topic struct {
	mu     sync.Mutex
	closed bool
	out    chan int
}

func newTopic() *topic { return &topic{out: make(chan int)} }

func (t *topic) publish(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.out <- n
	}
}

func (t *topic) finish() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	close(t.out)
}

func (t *topic) isClosed() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.closed
}

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	room  chan int
	done  chan struct{}
}

func newQueue() *queue {
	q := &queue{room: make(chan int, 8), done: make(chan struct{})}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) push(n int) {
	q.mu.Lock()
	q.items = append(q.items, n)
	q.mu.Unlock()
	q.cond.Signal()
}

func (q *queue) hasBuffer(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.room <- n
}

// The work is done under the lock, by several goroutines.
func (q *queue) sum() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	var wg sync.WaitGroup
	work := make(chan int)
	sums := make([]int, 4)
	for i := range sums {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range work {
				sums[i] += n
			}
		}()
	}
	for _, n := range q.items {
		work <- n
	}
	close(work)
	wg.Wait()
	return sums[0] + sums[1] + sums[2] + sums[3]
}

func (q *queue) restart(cancel func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	cancel()
	<-q.done
	q.items = nil
}

func (q *queue) local() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	time.Sleep(time.Second)
}

// A number has no name that is to be looked up.
func (r *rates) listen() (*net.UDPAddr, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return net.ResolveUDPAddr("udp", "0.0.0.0:8899")
}

type session struct {
	refreshMutex sync.Mutex
	token        string
	db           *sql.DB
}

// Whoever needs the token has to wait for it anyway.
func (s *session) authorize(ctx context.Context) (string, error) {
	s.refreshMutex.Lock()
	defer s.refreshMutex.Unlock()
	if s.token == "" {
		time.Sleep(time.Second)
		s.token = "new"
	}
	return s.token, ctx.Err()
}

func (s *session) forget() {
	s.refreshMutex.Lock()
	s.token = ""
	s.refreshMutex.Unlock()
}

type copier struct {
	chk sync.RWMutex
	db  *sql.DB
}

type position struct{ from *copier }

func (p position) done() { p.from.chk.RUnlock() }

// Holds the lock as long as its caller wants.
func (c *copier) at() position {
	c.chk.RLock()
	return position{c}
}

func (c *copier) checkpoint(ctx context.Context) error {
	c.chk.Lock()
	defer c.chk.Unlock()
	_, err := c.db.ExecContext(ctx, "checkpoint")
	return err
}

type unit struct {
	mu    sync.Mutex
	tx    *sql.Tx
	tries int
}

// The lock is there for the transaction, and for what comes from that.
func (u *unit) dequeue(ctx context.Context) (n int, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	stmt, err := u.tx.PrepareContext(ctx, "select id from queue")
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	rows, err := stmt.QueryContext(ctx)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func (u *unit) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.tries
}

type sender struct {
	mu   sync.Mutex
	conn *sql.Conn
	sent int
}

// The lock is for the connection, by whatever name.
func (s *sender) send(ctx context.Context) error {
	s.mu.Lock()
	conn := s.conn
	defer s.mu.Unlock()
	_, err := conn.ExecContext(ctx, "insert into t values (1)")
	return err
}

func (s *sender) sentSoFar() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

func (r *rates) endpoint(conn net.Conn) (*net.UDPAddr, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return net.ResolveUDPAddr("udp", conn.RemoteAddr().String())
}
