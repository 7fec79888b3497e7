package handlers

import (
	"context"
	"log"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

func (s *server) passesContext(w http.ResponseWriter, r *http.Request) {
	go s.storeContext(r.Context(), "name")
}

func (s *server) storeContext(ctx context.Context, name string) {
	_, _ = s.db.ExecContext(ctx, "INSERT INTO names VALUES (?)", name)
}

func (s *server) capturesContext(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() {
		_, _ = s.db.ExecContext(ctx, "SELECT 1")
	}()
}

func (s *server) detached(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Second)
	go func() {
		defer cancel()
		s.storeContext(ctx, "late")
	}()
}

func (s *server) ownDeadline(w http.ResponseWriter, r *http.Request) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.storeContext(ctx, "late")
	}()
}

func (s *server) joinedByWaitGroup(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	for _, name := range r.URL.Query()["name"] {
		group.Add(1)
		go func() {
			defer group.Done()
			s.store(name)
		}()
	}
	group.Wait()
}

func (s *server) joinedByChannel(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() {
		_, err := s.db.Exec("SELECT 1")
		done <- err
	}()
	if err := <-done; err != nil {
		log.Print(err)
	}
}

func (s *server) joinedByClose(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.store("x")
	}()
	<-done
}

func (s *server) joinedInDefer(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	defer group.Wait()
	group.Add(1)
	go func() {
		defer group.Done()
		s.store("x")
	}()
	if r.FormValue("quick") != "" {
		return
	}
	s.store("y")
}

func (s *server) joinedByCount(w http.ResponseWriter, r *http.Request) {
	names := r.URL.Query()["name"]
	results := make(chan error)
	for _, name := range names {
		go func() {
			_, err := s.db.Exec("INSERT INTO names VALUES (?)", name)
			results <- err
		}()
	}
	for range names {
		if err := <-results; err != nil {
			log.Print(err)
		}
	}
}

func (s *server) joinedThroughCloser(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	results := make(chan string)
	for _, name := range r.URL.Query()["name"] {
		group.Add(1)
		go func() {
			defer group.Done()
			s.store(name)
			results <- name
		}()
	}
	go func() {
		group.Wait()
		close(results)
	}()
	for name := range results {
		log.Print(name)
	}
}

func (s *server) joinedByHelper(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go s.storeAndTell("x", done)
	waitFor(done)
}

func (s *server) storeAndTell(name string, done chan<- error) {
	s.store(name)
	done <- nil
}

func waitFor(done <-chan error) {
	if err := <-done; err != nil {
		log.Print(err)
	}
}

// startStore is called by a handler only; its caller waits for the channel.
func (s *server) startStore(name string) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.store(name)
	}()
	return done
}

func (s *server) waitsForOther(w http.ResponseWriter, r *http.Request) {
	<-s.startStore("x")
}

// stopsReader unblocks the goroutine when it is done.
func (s *server) stopsReader(w http.ResponseWriter, r *http.Request) {
	conn, err := net.Dial("tcp", s.audit)
	if err != nil {
		return
	}
	defer conn.Close()
	go func() {
		buffer := make([]byte, 512)
		for {
			if _, err := conn.Read(buffer); err != nil {
				return
			}
		}
	}()
	s.storeContext(r.Context(), "x")
}

func (s *server) stopsWatcher(w http.ResponseWriter, r *http.Request) {
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		select {
		case <-stop:
		case event := <-s.events:
			log.Print(event)
		}
	}()
	s.storeContext(r.Context(), "x")
}

func (s *server) joinedByCancel(w http.ResponseWriter, r *http.Request) {
	finished, finish := context.WithCancel(context.Background())
	go func() {
		defer finish()
		s.store("x")
	}()
	<-finished.Done()
}

var hits atomic.Int64

func counts(w http.ResponseWriter, r *http.Request) {
	go hits.Add(1)
	go func() {
		hits.Add(2)
		log.Print("hit")
	}()
}

func (s *server) startWorkers() {
	go func() {
		for event := range s.events {
			s.store(event)
		}
	}()
}

func bufferedResult(w http.ResponseWriter, r *http.Request) {
	result := make(chan int, 1)
	go func() { result <- compute(r.FormValue("n")) }()
	select {
	case n := <-result:
		log.Print(n)
	case <-r.Context().Done():
	}
}

func compute(n string) int { return len(n) }

type http2 struct{}

func (http2) Get(string) {}

func shadowedPackage(w http.ResponseWriter, r *http.Request) {
	http := http2{}
	go func() { http.Get("x") }()
}

// The function has got the context from what made it.
func streams(w http.ResponseWriter, r *http.Request) {
	copyTo, err := prepareCopy(r.Context(), 4)
	if err != nil {
		return
	}
	reader, writer := net.Pipe()
	defer reader.Close()
	go func() {
		defer writer.Close()
		if err := copyTo(writer); err != nil {
			log.Print(err)
		}
	}()
}

func prepareCopy(ctx context.Context, ahead int) (func(net.Conn) error, error) {
	ready := make(chan []byte, ahead)
	done := ctx.Done()
	return func(to net.Conn) error {
		select {
		case data := <-ready:
			_, err := to.Write(data)
			return err
		case <-done:
			return nil
		}
	}, nil
}

// A server that a request starts is to stay.
func startServer(w http.ResponseWriter, r *http.Request) {
	port := r.FormValue("port")
	go func() {
		log.Print(http.ListenAndServe("localhost:"+port, nil))
	}()
}

// A child process has to be waited for, whatever becomes of the request.
func startProcess(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	go func() { log.Print(cmd.Wait()) }()
}

// What the probes wait for is theirs.
func (s *server) probes(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = s.db.ExecContext(ctx, "SELECT 1")
		}()
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func (s *server) compact(w http.ResponseWriter, r *http.Request) {
	// Compact in background.
	name := r.FormValue("name")
	go func() {
		_, _ = s.db.Exec("VACUUM " + name)
	}()
}

type pump struct {
	in  chan string
	out http.ResponseWriter
}

func (p *pump) write() {
	for line := range p.in {
		time.Sleep(time.Second)
		println(line)
	}
}

func (p *pump) read() { close(p.in) }

// The two halves end together.
func pumps(w http.ResponseWriter, r *http.Request) {
	p := &pump{in: make(chan string)}
	go p.write()
	p.read()
}

// The goroutine is there for the connection that was taken over.
func (s *server) upgraded(w http.ResponseWriter, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	go s.talk(conn)
}

func (s *server) talk(conn net.Conn) {
	defer conn.Close()
	_, _ = s.db.Exec("INSERT INTO talks VALUES (?)", conn.RemoteAddr().String())
}
