// Package tool defers what never runs.
package tool

import (
	"bufio"
	"compress/gzip"
	"log"
	"os"
	"runtime/pprof"
	"time"
)

type conn struct{}

func (conn) Release() {}

func (conn) next() string { return "" }

func endless(c conn, jobs chan string) {
	defer c.Release() // want "GLC804 .*c.Release never runs.*no way out"
	for {
		println(<-jobs)
	}
}

func endlessSelect(c conn, jobs, more chan string) {
	defer c.Release() // want "GLC804"
	for {
		select {
		case job := <-jobs:
			println(job)
		case job := <-more:
			println(job)
		}
	}
}

func sleeps(c conn) {
	go c.next()
	defer func() { // want "GLC804 .*this deferred function never runs"
		c.Release()
	}()
	select {}
}

func inLoop(c conn) {
	for {
		defer c.Release() // want "GLC804"
		println(c.next())
	}
}

func flushes(serve func() error) {
	logs := bufio.NewWriter(os.Stderr)
	defer logs.Flush() // want "GLC804 .*logs.Flush does not run when log.Fatal ends the process"
	if err := serve(); err != nil {
		log.Fatal(err)
	}
}

func removes(serve func() error) {
	dir, err := os.MkdirTemp("", "tool")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir) // want "GLC804 .*os.Exit"
	if err := serve(); err != nil {
		os.Exit(1)
	}
}

func profiles(serve func() int) {
	pprof.StartCPUProfile(os.Stderr)
	defer pprof.StopCPUProfile() // want "GLC804"
	os.Exit(serve())
}

func compresses(out *os.File, lines []string) {
	z := gzip.NewWriter(out)
	defer z.Close() // want "GLC804 .*z.Close does not run"
	for _, line := range lines {
		if _, err := z.Write([]byte(line)); err != nil {
			log.Fatalf("write: %v", err)
		}
	}
}

func closure(serve func() error) {
	logs := bufio.NewWriter(os.Stderr)
	defer func() { // want "GLC804"
		_ = logs.Flush()
	}()
	if err := serve(); err != nil {
		fail(err)
		os.Exit(1)
	}
}

func fail(err error) { log.Print(err) }

func ticks(work func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop() // want "GLC804 ticker.Stop never runs"
	for {
		<-ticker.C
		work()
	}
}

func startWorkers(c conn, jobs chan string) {
	for range 20 {
		go func() {
			defer c.Release() // want "GLC804 c.Release never runs"
			for {
				println(<-jobs, c.next())
			}
		}()
	}
}
