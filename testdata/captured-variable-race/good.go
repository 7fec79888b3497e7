package race

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

func ownError(id int) (string, int, error) {
	var likes int
	var likesErr error
	done := make(chan struct{})
	go func() {
		defer close(done)
		likes, likesErr = loadLikes(id)
	}()
	name, err := loadName(id)
	<-done
	if err == nil {
		err = likesErr
	}
	return name, likes, err
}

func appendUnderLock(ids []int) []string {
	var mu sync.Mutex
	var names []string
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			name, _ := loadName(id)
			mu.Lock()
			defer mu.Unlock()
			names = append(names, name)
		}()
	}
	wg.Wait()
	return names
}

// Each goroutine has an element of its own.
func elementEach(ids []int) []string {
	names := make([]string, len(ids))
	errs := [8]error{}
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			names[i], errs[i] = loadName(id)
		})
	}
	wg.Wait()
	return names
}

// The variable belongs to one turn of the loop.
func variableEach(ids []int) error {
	var g errgroup.Group
	likes := make([]int, len(ids))
	for i, id := range ids {
		var err error
		g.Go(func() error {
			likes[i], err = loadLikes(id)
			return err
		})
	}
	return g.Wait()
}

// One at a time.
func limitOfOne(ids []int) (int, error) {
	var g errgroup.Group
	g.SetLimit(1)
	sum := 0
	for _, id := range ids {
		g.Go(func() error {
			sum += id
			return nil
		})
	}
	err := g.Wait()
	return sum, err
}

// Waits for each before the next.
func joinedInLoop(ids []int) int {
	sum := 0
	for _, id := range ids {
		done := make(chan struct{})
		go func() {
			defer close(done)
			likes, _ := loadLikes(id)
			sum += likes
		}()
		<-done
	}
	return sum
}

func waitsByHelper(ids []int) int {
	sum := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, id := range ids {
			sum += id
		}
	}()
	finish(&wg)
	return sum
}

func finish(wg *sync.WaitGroup) {
	wg.Wait()
}

func resultByChannel(ctx context.Context, id int) (string, error) {
	names := make(chan string, 1)
	go func() {
		name, _ := loadName(id)
		names <- name
	}()
	select {
	case name := <-names:
		return name, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// The channel that the relay closes tells that all workers are done.
func relayed(ids []int) int {
	var mu sync.Mutex
	sum := 0
	var wg sync.WaitGroup
	all := make(chan struct{})
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			sum += id
			mu.Unlock()
		}()
	}
	go func() {
		wg.Wait()
		close(all)
	}()
	<-all
	return sum
}

// The goroutine takes its slot from a channel, as it would take a lock.
func slotAsLock(ids []int) int {
	slot := make(chan struct{}, 1)
	sum := 0
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			slot <- struct{}{}
			sum += id
			<-slot
		})
	}
	wg.Wait()
	return sum
}

func onlyTheFirst(ids []int) string {
	var first string
	var once sync.Once
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			name, _ := loadName(id)
			once.Do(func() { first = name })
		})
	}
	wg.Wait()
	return first
}

func firstIndexOnly(ids []int) int {
	first := 0
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			if i == 0 {
				first = id
			}
		})
	}
	wg.Wait()
	return first
}

func wonBySwap(ids []int) int {
	winner := 0
	var taken atomic.Bool
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			if taken.CompareAndSwap(false, true) {
				winner = id
			}
		})
	}
	wg.Wait()
	return winner
}

// Reading the end of the pipe is what waits for the writer.
func throughPipe(id int) (string, error) {
	var writeErr error
	reader, writer := io.Pipe()
	go func() {
		_, writeErr = fmt.Fprintf(writer, "user %d", id)
		writer.CloseWithError(writeErr)
	}()
	text, err := io.ReadAll(reader)
	if err == nil {
		err = writeErr
	}
	return string(text), err
}

// Tells the goroutine to go on only after it has looked.
func lookThenRelease() int {
	count := 0
	release := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-release
		count = 1
	}()
	if count != 0 {
		fmt.Println("too early")
	}
	close(release)
	wg.Wait()
	return count
}

// The lock is a signal: held from the start, given back by the goroutine.
func lockAsSignal(id int) string {
	var ready sync.Mutex
	var name string
	ready.Lock()
	go func() {
		name, _ = loadName(id)
		ready.Unlock()
	}()
	ready.Lock()
	return name
}

func countedAtomically() http.Handler {
	var hits atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		defer func() { started = time.Time{} }()
		hits.Add(1)
		if started.IsZero() {
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// Runs the closure on another goroutine, and waits for it.
func inTime(f func()) bool {
	done := make(chan struct{})
	go func() {
		f()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(time.Minute):
		return false
	}
}

func handedToWaiter(id int) string {
	var name string
	if !inTime(func() { name, _ = loadName(id) }) {
		return ""
	}
	return name
}

// What is returned is what the goroutine only reads: a result that is named and set before.
func returnedAsItIs(id int, done *sync.WaitGroup) (name string, err error) {
	name, err = loadName(id)
	done.Add(1)
	go func() {
		defer done.Done()
		fmt.Println("loaded", name, err)
	}()
	return name, err
}

// The variable is read after the call, whatever comes first on the line.
func returnedWithWait(ids []int) (int, error) {
	var mu sync.Mutex
	var g errgroup.Group
	sum := 0
	for _, id := range ids {
		g.Go(func() error {
			mu.Lock()
			defer mu.Unlock()
			sum += id
			return nil
		})
	}
	return sum, g.Wait()
}

// Waits for what it starts before it returns.
func joinedInside(ids []int) int {
	sum := 0
	add := func(id int) {
		var wg sync.WaitGroup
		wg.Go(func() { sum += id })
		wg.Wait()
	}
	for _, id := range ids {
		add(id)
	}
	return sum
}

// Goes on when the goroutine has cancelled the context.
func cancelledByGoroutine(id int) string {
	ctx, cancel := context.WithCancel(context.Background())
	name := ""
	go func() {
		name, _ = loadName(id)
		cancel()
	}()
	untilDone(ctx)
	return name
}

func untilDone(ctx context.Context) {
	<-ctx.Done()
}

// Waits in a closure that another function runs at once.
func waitedInClosure(ids []int) (sum int, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += id
		})
	}
	traced("load", func(context.Context) { wg.Wait() })
	sum *= 2
	return sum, nil
}

func traced(name string, work func(context.Context)) {
	work(context.WithValue(context.Background(), traceKey{}, name))
}

type traceKey struct{}

type lease struct{ free chan struct{} }

func (l *lease) ContextLock(ctx context.Context) (func(), error) {
	select {
	case l.free <- struct{}{}:
		return func() { <-l.free }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// The second ContextLock waits until the goroutine has given the lock back.
func relocked(ctx context.Context, l *lease) error {
	unlock, err := l.ContextLock(ctx)
	if err != nil {
		return err
	}
	go func() { unlock() }()
	unlock, err = l.ContextLock(ctx)
	if err != nil {
		return err
	}
	unlock()
	return nil
}

type ways struct {
	acquire func(string)
	release func(string)
}

// Who reads and who writes may go through the same lock.
func guarded(write, read ways, names []string) int {
	count := 0
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			write.acquire(name)
			count++
			write.release(name)
		})
		wg.Go(func() {
			read.acquire(name)
			fmt.Println(count)
			read.release(name)
		})
	}
	wg.Wait()
	return count
}

type machine struct {
	run  func() error
	step func()
}

// The two meet in the machine.
func debugged(m machine, line func() string) (string, error) {
	last := ""
	go func() {
		for range 10 {
			last = line()
			m.step()
		}
	}()
	err := m.run()
	return last, err
}

type snapshots struct{ ask chan chan struct{} }

func (s *snapshots) take() { s.each(func(c chan struct{}) { <-c }) }

func (s *snapshots) each(f func(chan struct{})) {
	c := make(chan struct{})
	s.ask <- c
	f(c)
}

// Whoever asked waits for the answer.
func answered() bool {
	ask := make(chan chan struct{})
	s := &snapshots{ask: ask}
	called := false
	go func() {
		c := <-ask
		called = true
		close(c)
	}()
	s.take()
	return called
}

// Serve comes back when the server is shut down.
func served(server *http.Server, quit chan struct{}) bool {
	graceful := true
	go func() {
		<-quit
		graceful = false
		_ = server.Shutdown(context.Background())
	}()
	_ = server.ListenAndServe()
	return graceful
}

// A worker ends when the reader has closed the channel, and each tells its end.
func pipeline(read func() (int, bool), workers int) error {
	var ended error
	docs := make(chan int)
	results := make(chan int, workers)
	go func() {
		defer close(docs)
		for {
			doc, ok := read()
			if !ok {
				ended = io.EOF
				return
			}
			docs <- doc
		}
	}()
	for range workers {
		go func() {
			sum := 0
			for doc := range docs {
				sum += doc
			}
			results <- sum
		}()
	}
	total := 0
	for range workers {
		total += <-results
	}
	fmt.Println(total)
	return ended
}

// The count lets one run at a time.
func refreshes(ticks <-chan time.Time, leader func() string) {
	running := atomic.Int32{}
	last := ""
	for range ticks {
		if running.Add(1) > 1 {
			running.Add(-1)
			continue
		}
		go func() {
			if now := leader(); now != last {
				last = now
			}
			running.Add(-1)
		}()
	}
}

type end struct{ conn net.Conn }

func (e end) shake() error {
	_, err := io.Copy(io.Discard, e.conn)
	return err
}

// The other end of the pipe waits for the close.
func piped() (int, error) {
	var buf []byte
	c, s := net.Pipe()
	go func() {
		buf = make([]byte, 1024)
		c.Close()
	}()
	err := end{s}.shake()
	return len(buf), err
}

// Who has all the slots has waited for all.
func uploads(names []string, upload func(string) error) []error {
	const parallel = 10
	slots := make(chan struct{}, parallel)
	var mu sync.Mutex
	var errs []error
	for _, name := range names {
		slots <- struct{}{}
		go func(name string) {
			if err := upload(name); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
			<-slots
		}(name)
	}
	for n := parallel; n > 0; n-- {
		slots <- struct{}{}
	}
	return errs
}

// The goroutine gives back the lock that was taken for it.
func flushes(values []int) int {
	var batch, flushed []int
	var flushing sync.Mutex
	total := 0
	flush := func() {
		for _, value := range flushed {
			total += value
		}
		flushed = flushed[:0]
	}
	for _, value := range values {
		batch = append(batch, value)
		flushing.Lock()
		batch, flushed = flushed, batch
		go func() {
			flush()
			flushing.Unlock()
		}()
	}
	flushing.Lock()
	defer flushing.Unlock()
	return total
}

type boot struct{ wait func() }

func (b boot) start() { b.wait() }

// Starting waits for the goroutine, by a callback.
func booted() int {
	ready := make(chan struct{})
	b := boot{wait: func() { <-ready }}
	written := 0
	go func() {
		written = 1
		close(ready)
	}()
	b.start()
	return written
}

type barrier struct{ mu sync.Mutex }

func (b *barrier) guard(work func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	work()
}

// What runs them holds a lock.
func guardedByWhatRuns(total int) int {
	var b barrier
	var wg sync.WaitGroup
	count := 0
	wg.Add(total)
	for range total {
		go b.guard(func() {
			count++
			wg.Done()
		})
	}
	wg.Wait()
	return count
}

type operation struct{ err chan error }

// Who asks is answered when it is counted.
func answeredAfterCount(asked chan operation, ask func() error, quit chan struct{}) (int, error) {
	count := 0
	go func() {
		for {
			select {
			case op := <-asked:
				count++
				op.err <- nil
			case <-quit:
				return
			}
		}
	}()
	err := ask()
	return count, err
}

type reader struct {
	mu       sync.Mutex
	messages chan string
}

func (r *reader) connect(done chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listen(done)
}

// Whoever calls it holds the lock.
func (r *reader) listen(done chan struct{}) {
	go func() {
		<-done
		r.mu.Lock()
		r.messages = nil
		r.mu.Unlock()
	}()
	r.messages = make(chan string)
}

var started = make(chan struct{})

func afterStart(version, next string) {
	go func() {
		<-started
		println(version)
	}()
	if version != next {
		version = next
	}
	begin()
}

func begin() { go close(started) }

func meantToRace() {
	x := 0
	done := make(chan bool)
	go func() {
		x = 1 // racy write
		done <- true
	}()
	_ = x
	<-done
}
