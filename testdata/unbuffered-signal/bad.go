// Package signals waits for signals on channels that drop them.
package signals

import (
	"context"
	"os"
	"os/signal"
	sig "os/signal"
	"syscall"
)

func local() {
	stop := make(chan os.Signal)
	signal.Notify(stop, syscall.SIGTERM) // want "GLC208 .*dropped"
	<-stop
}

func explicitZero() {
	stop := make(chan os.Signal, 0)
	signal.Notify(stop) // want "GLC208"
	<-stop
}

func declaredFirst() {
	var stop chan os.Signal
	stop = make(chan os.Signal)
	sig.Notify(stop, os.Interrupt) // want "GLC208"
	<-stop
}

func inClosure(ctx context.Context) {
	reload := make(chan os.Signal)
	go func() {
		signal.Notify(reload, syscall.SIGHUP) // want "GLC208"
		for {
			select {
			case <-reload:
			case <-ctx.Done():
				return
			}
		}
	}()
}

type server struct {
	stop chan os.Signal
}

func newServer() *server {
	return &server{stop: make(chan os.Signal)}
}

func (s *server) run() {
	signal.Notify(s.stop, syscall.SIGINT, syscall.SIGTERM) // want "GLC208"
	<-s.stop
}

var interrupts = make(chan os.Signal)

func global() {
	signal.Notify(interrupts, os.Interrupt) // want "GLC208"
}

func passed() {
	quit := make(chan os.Signal)
	subscribe(quit)
	<-quit
}

func subscribe(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGQUIT) // want "GLC208"
}

func handsOut() func() {
	again := make(chan os.Signal)
	return func() {
		signal.Notify(again, syscall.SIGHUP) // want "GLC208"
		<-again
	}
}
