// Package summaries holds functions with, in comments, what their summaries have to say.
package summaries

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

type base struct{ sync.Mutex }

type server struct {
	base
	mu   sync.Mutex
	wg   sync.WaitGroup
	done chan struct{}
	body io.ReadCloser
}

var (
	global sync.Mutex
	active sync.WaitGroup
)

// A body closed by a helper that knows it as io.Closer only.

// summary: blocks(unknown) call(c.Close) always(c.Close)
func closeIt(c io.Closer) { _ = c.Close() }

// summary: blocks(io) blocks(unknown) pass(resp.Body to io.Copy)
// summary: call(resp.Body.Close) always(resp.Body.Close)
func drain(resp *http.Response) {
	body := resp.Body
	_, _ = io.Copy(io.Discard, body)
	closeIt(io.Closer(body))
}

// summary: blocks(io) blocks(unknown) pass(r.Body to io.Copy) call(r.Body.Close) always(r.Body.Close)
func drainTwice(r *http.Response) { drain(r) }

// summary: store(rc in body)
func keep(s *server, rc io.ReadCloser) { s.body = rc }

// summary: blocks(unknown) call(c.Close) call(c.Close)@defer always(c.Close)
func closeOnBothPaths(c io.Closer, early bool) {
	if early {
		c.Close()
		return
	}
	defer c.Close()
}

// summary: blocks(unknown) call(c.Close)
func closeOnOnePath(c io.Closer, early bool) {
	if early {
		c.Close()
	}
}

// summary: blocks(unknown) call(cs[].Close)
func closeAll(cs ...io.Closer) {
	for _, c := range cs {
		c.Close()
	}
}

// summary: blocks(unknown) call(a.Close) call(b.Close) always(a.Close) always(b.Close)
func closeTwo(a, b io.Closer) { closeAll(a, b) }

// Locks: of fields, of embedded fields, through getters, of the package.

// summary: blocks(lock) lock(s.mu)
func (s *server) lock() { s.mu.Lock() }

// summary: return(s.mu)
func (s *server) mutex() *sync.Mutex { return &s.mu }

// summary: blocks(lock) unlock(s.mu) call(s.mutex) lock(s.base.Mutex) unlock(s.base.Mutex)@defer
func (s *server) release() {
	s.mutex().Unlock()
	s.Lock()
	defer s.Unlock()
}

// summary: blocks(lock) starts-goroutine lock(global)
// summary: call(s.lock) call(s.release)@defer call(s.mutex)@defer
// summary: add(s.wg) done(s.wg)@go receive(s.done)@go
// summary: lock(s.mu) unlock(s.mu)@defer lock(s.base.Mutex)@defer unlock(s.base.Mutex)@defer
func (s *server) run() {
	s.lock()
	defer s.release()
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		<-s.done
	}()
	global.Lock()
}

// summary: blocks(lock) lock(mu)
func lockThat(mu sync.Locker) { mu.Lock() }

// summary: blocks(lock) lock(global)
func lockGlobal() { lockThat(&global) }

// summary: blocks(lock) starts-goroutine lock(global) done(active)@go add(active)
func indirectly() {
	active.Add(1)
	go active.Done()
	lockGlobal()
}

// Mutual recursion.

// summary: blocks(chan) send(ch) close(ch)
func even(n int, ch chan int) {
	if n > 0 {
		odd(n-1, ch)
	}
	ch <- 1
}

// summary: blocks(chan) send(ch) close(ch)
func odd(n int, ch chan int) {
	if n > 0 {
		even(n-1, ch)
	}
	close(ch)
}

// Closures as arguments.

// summary: blocks(unknown) invoke(f) always(f())
func each(f func()) { f() }

// summary: starts-goroutine invoke(f)@go
func async(f func()) { go f() }

// summary: blocks(unknown) call(body.Close) always(body.Close)
func closeInCallback(body io.Closer) { each(func() { body.Close() }) }

// summary: starts-goroutine call(body.Close)@go
func closeInGoroutine(body io.Closer) { async(func() { body.Close() }) }

// summary: blocks(unknown) call(c.Close)@defer always(c.Close)
func closeByVariable(c io.Closer) {
	f := func() { c.Close() }
	defer f()
}

// summary: call(c.Close)@later
func closeLater(c io.Closer) func() { return func() { c.Close() } }

// Contexts.

// summary: blocks(sleep) takes-ctx derives-ctx forwards-ctx call(r.Context)
func forward(r *http.Request) {
	ctx := r.Context()
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ignore(ctx)
}

// summary: blocks(sleep) takes-ctx ignores-ctx
func ignore(ctx context.Context) { time.Sleep(1) }

// summary: blocks(sleep) takes-ctx ignores-ctx root-ctx handler(http)
func handler(w http.ResponseWriter, r *http.Request) { ignore(context.Background()) }

// summary: blocks(chan) takes-ctx checks-ctx call(ctx.Done)
func wait(ctx context.Context) { <-ctx.Done() }

// Ends.

// summary: never-returns loops-forever
func forever() {
	for {
		_ = 1
	}
}

// summary: recovers
func safely() {
	defer func() { _ = recover() }()
}
