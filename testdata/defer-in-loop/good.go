package loopdefer

import (
	"context"
	"database/sql"
	"io"
	"net"
	"os"
	"time"
)

func closure(names []string) {
	for _, name := range names {
		func() {
			file, err := os.Open(name)
			if err == nil {
				defer file.Close()
			}
		}()
	}
}

func helper(names []string) {
	for _, name := range names {
		load(name)
	}
}

func load(name string) {
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
	}
}

func leavesAtOnce(names []string) ([]byte, error) {
	for _, name := range names {
		if file, err := os.Open(name); err == nil {
			defer file.Close()
			return io.ReadAll(file)
		}
	}
	return nil, os.ErrNotExist
}

func breaks(names []string) {
	for _, name := range names {
		if file, err := os.Open(name); err == nil {
			defer file.Close()
			break
		}
	}
}

func fewTurns() {
	for range 2 {
		file, err := os.CreateTemp("", "x")
		if err == nil {
			defer file.Close()
		}
	}
}

func kept(names []string) (io.Reader, error) {
	var all []io.Reader
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		all = append(all, file)
	}
	data, err := io.ReadAll(io.MultiReader(all...))
	_ = data
	return nil, err
}

func existing(open []*os.File) {
	for _, file := range open {
		defer file.Close()
	}
}

func perGoroutine(names []string) {
	for _, name := range names {
		go func() {
			file, err := os.Open(name)
			if err == nil {
				defer file.Close()
			}
		}()
	}
}

// Nothing ever runs these: that is another rule's matter.
func accepts(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			continue
		}
		defer conn.Close()
	}
}

// The timer fires once: one deferred call at most.
func racing(first, second func(context.Context), results chan error) error {
	go first(context.Background())
	fallback := time.NewTimer(300 * time.Millisecond)
	defer fallback.Stop()
	for {
		select {
		case <-fallback.C:
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go second(ctx)
		case err := <-results:
			if err == nil {
				return nil
			}
			if fallback.Stop() {
				fallback.Reset(0)
			}
		}
	}
}

func warned(results chan error) error {
	late := time.After(time.Second)
	for {
		select {
		case <-late:
			file, err := os.Create("late.txt")
			if err != nil {
				return err
			}
			defer file.Close()
		case err := <-results:
			return err
		}
	}
}

// The files are found by their names after the loop.
func renamed(targets []string, create func(string) (string, error)) error {
	todo := map[string]string{}
	for _, target := range targets {
		temporary, err := create(target)
		if err != nil {
			return err
		}
		todo[temporary] = target
		defer os.Remove(temporary)
	}
	for temporary, target := range todo {
		if err := os.Rename(temporary, target); err != nil {
			return err
		}
	}
	return nil
}

type tracing struct{ to io.Writer }

func (t *tracing) SetOutput(w io.Writer) { t.to = w }

// What an option opens is for the rest of the program.
func options(t *tracing, args []string, run func()) {
	for len(args) > 1 {
		switch args[0] {
		case "-trace":
			file, err := os.Create(args[1])
			if err != nil {
				return
			}
			t.SetOutput(file)
			defer file.Close()
		}
		args = args[2:]
	}
	run()
}

// Each keeps its port until all are chosen.
func freePorts(n int) (ports []int, err error) {
	for len(ports) < n {
		listener, err := net.Listen("tcp", "localhost:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

func slowOnce(results chan bool, cancel func()) {
	set := false
	for passed := range results {
		if passed && !set {
			timer := time.AfterFunc(time.Second, cancel)
			defer timer.Stop()
			set = true
		}
	}
}

func finalized(seals []io.Closer) {
	for _, seal := range seals {
		seal := seal
		defer func(c io.Closer) { _ = c.Close() }(seal)
	}
}

// Whoever gets to the defer leaves the loop.
func firstThatOpens(names chan string) {
loop:
	for name := range names {
		file, err := os.Open(name)
		if file != nil && err == nil {
			defer file.Close()
		}
		switch {
		case err == nil:
			break loop
		default:
			time.Sleep(time.Second)
		}
	}
}

type locker interface {
	Lock(key string) (io.Closer, error)
}

// All are locked before anything is set.
func lockedTogether(l locker, values map[string]string, set func(key, value string)) error {
	for key := range values {
		lock, err := l.Lock(key)
		if err != nil {
			return err
		}
		defer lock.Close()
	}
	for key, value := range values {
		set(key, value)
	}
	return nil
}

// The deferred call is for a panic on the way.
func byHand(ctx context.Context, read func(context.Context) bool) {
	for {
		turn, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		more := read(turn)
		cancel()
		if !more {
			return
		}
	}
}

type change struct{ room, value string }

// What is deferred releases nothing: it is told when all is done.
func told(values []string, tell func(change)) {
	for _, value := range values {
		c := change{room: "a", value: value}
		defer tell(c)
	}
}

func merged(inputs []map[string]bool, names map[string]bool, merge func(to, from map[string]bool)) {
	for range inputs {
		own := make(map[string]bool)
		defer merge(names, own)
	}
}

type group struct{}

func (*group) Go(f func()) { go f() }

// The pool works on with what a turn opened.
func pooled(names []string, work func(io.Reader)) {
	var pool group
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			continue
		}
		defer file.Close()
		pool.Go(func() {
			work(file)
		})
	}
}

type keyed interface {
	Lock(key string) (bool, error)
	Unlock(key string)
}

// All of them are needed together.
func locked(names []string, locks keyed, work func()) error {
	for _, name := range names {
		key := "lock:" + name
		key = clean(key)
		if ok, err := locks.Lock(key); err != nil || !ok {
			return err
		}
		defer locks.Unlock(key)
	}
	work()
	return nil
}

func clean(key string) string { return key }

// What is committed holds nothing.
func migrate(ctx context.Context, db *sql.DB, steps []func(*sql.Tx) error) error {
	for _, step := range steps {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if err := step(tx); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

type networks interface {
	Add(name string) (string, error)
	DeleteNetwork(id string) error
}

// All of them are there until the work is done.
func connected(names []string, nets networks, work func()) error {
	for _, name := range names {
		id, err := nets.Add(name)
		if err != nil {
			return err
		}
		defer func() { _ = nets.DeleteNetwork(id) }()
	}
	work()
	return nil
}

func wakes(ctxs []context.Context, done chan struct{}) {
	for _, ctx := range ctxs {
		stop := context.AfterFunc(ctx, func() { close(done) })
		defer stop()
	}
	<-done
}

type follower interface{ Follow(*sql.Tx) (func(), error) }

func follow(all []follower, tx *sql.Tx) error {
	for _, one := range all {
		reset, err := one.Follow(tx)
		if err != nil {
			return err
		}
		defer reset()
	}
	return tx.Commit()
}

func readOut(db *sql.DB, queries []string) error {
	for _, query := range queries {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(new(int)); err != nil {
				return err
			}
		}
	}
	return nil
}

func fewRoots(home, work string) bool {
	var roots []string
	if home != "" {
		roots = append(roots, home)
	}
	roots = append(roots, work)
	for _, root := range roots {
		file, err := os.Open(root)
		if err != nil {
			continue
		}
		defer file.Close()
		if _, err := file.Stat(); err == nil {
			return true
		}
	}
	return false
}

type settings struct{ apply func(*os.File) }

func applyLast(all []settings) error {
	for _, one := range all {
		file, err := os.Open("settings")
		if err != nil {
			return err
		}
		defer one.apply(file)
	}
	return nil
}

type span struct{}

func (span) End() {}

func startSpan(ctx context.Context) (context.Context, span) { return ctx, span{} }

func traced(ctx context.Context, names []string) {
	var kept []context.Context
	for range names {
		spanCtx, one := startSpan(ctx)
		defer one.End()
		inner := context.WithValue(spanCtx, span{}, 1)
		kept = append(kept, inner)
	}
	_ = kept
}

type subscription struct{}

func subscribe(chan<- int) *subscription { return &subscription{} }

func (*subscription) Unsubscribe() {}

// Only the first turn subscribes.
func waitFor(enough func() bool) {
	var events chan int
	begin := func() *subscription {
		events = make(chan int, 1)
		return subscribe(events)
	}
	for !enough() {
		if events == nil {
			sub := begin()
			defer sub.Unsubscribe()
		}
		<-events
	}
}

func firstFile(names []string) (size int64, err error) {
	var file *os.File
	for _, name := range names {
		if file == nil {
			if file, err = os.Open(name); err != nil {
				return 0, err
			}
			defer file.Close()
		}
		size += int64(len(name))
	}
	return size, nil
}
