package tool

import (
	"bufio"
	"context"
	"log"
	"os"
	"sync"
	"time"
)

func hasExit(c conn, jobs chan string, stop chan struct{}) {
	defer c.Release()
	for {
		select {
		case job := <-jobs:
			println(job)
		case <-stop:
			return
		}
	}
}

func recovers(jobs chan string) {
	defer func() {
		if err := recover(); err != nil {
			log.Print(err)
		}
	}()
	for {
		println(<-jobs)
	}
}

func reports(wg *sync.WaitGroup, jobs chan string) {
	defer wg.Done()
	for {
		println(<-jobs)
	}
}

func panics(c conn, jobs chan string) {
	defer c.Release()
	for {
		if job := <-jobs; job == "" {
			panic("empty job")
		}
	}
}

func moot(serve func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	f, _ := os.Open("in")
	defer f.Close()
	if err := serve(ctx); err != nil {
		log.Fatal(err)
	}
}

func flushedByHand(serve func() error) {
	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush()
	if err := serve(); err != nil {
		logs.Flush()
		log.Fatal(err)
	}
}

func exitsBefore(serve func() error) error {
	if len(os.Args) < 2 {
		log.Fatal("usage")
	}
	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush()
	return serve()
}

func exitsInCaller(serve func() error) {
	if err := exitsBefore(serve); err != nil {
		log.Fatal(err)
	}
}

func onlyOnOther(serve func() error, keep bool) {
	if keep {
		logs := bufio.NewWriter(os.Stderr)
		defer logs.Flush()
		return
	}
	if serve() != nil {
		os.Exit(1)
	}
}

func worker(c conn, jobs chan string) {
	defer c.Release()
	for job := range jobs {
		println(job)
	}
}

type fatal struct{}

func (fatal) Fatal(err error) {}

func otherFatal(l fatal, serve func() error) {
	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush()
	if err := serve(); err != nil {
		l.Fatal(err)
	}
}

type catcher struct{}

func (catcher) Handle(err *error) {}

// Many a library of checks ends a function by panics, which such a call turns into errors.
func checked(try interface{ Handle(*error) }, steps chan func()) (err error) {
	defer try.Handle(&err)
	for {
		(<-steps)()
	}
}

func shutdown(file *os.File) {
	log.Print("closing")
	file.Close()
}

// The end of the process closes it as well.
func closesOnly(file *os.File) {
	defer shutdown(file)
	if file.Name() == "" {
		log.Print("no name")
		os.Exit(1)
	}
}

type syncLogger interface {
	Sync() error
	Fatalw(string, ...any)
}

func flush(l syncLogger) { _ = l.Sync() }

func fatalSyncs(l *zapLike, load func() error) {
	defer flush(l)
	if err := load(); err != nil {
		l.Fatal("load", err)
	}
}

type zapLike struct{ *log.Logger }

func (zapLike) Sync() error           { return nil }
func (zapLike) Fatalw(string, ...any) {}
