package signals

import (
	"os"
	"os/signal"
	"syscall"
)

func buffered() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}

const places = 4

func bufferedByConstant() {
	stop := make(chan os.Signal, places)
	signal.Notify(stop)
	<-stop
}

func bufferedByVariable(kinds []os.Signal) {
	stop := make(chan os.Signal, len(kinds))
	signal.Notify(stop, kinds...)
	<-stop
}

// Exported is called by who knows whom.
func Exported(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGTERM)
}

// Watcher has a channel that others set.
type Watcher struct {
	C chan os.Signal
}

func (w *Watcher) start() {
	signal.Notify(w.C, os.Interrupt)
}

type reloader struct {
	hup chan os.Signal
}

func newReloader() *reloader {
	r := &reloader{}
	r.hup = make(chan os.Signal, 2)
	return r
}

func (r *reloader) run() {
	signal.Notify(r.hup, syscall.SIGHUP)
	<-r.hup
}

func fromElsewhere(open func() chan os.Signal) {
	stop := open()
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}

type bus struct{}

// Notify has a name that says nothing.
func (bus) Notify(c chan<- os.Signal, kinds ...os.Signal) {
	_ = c
	_ = kinds
}

func shadowed() {
	signal := bus{}
	c := make(chan os.Signal)
	signal.Notify(c, os.Interrupt)
}

func stopsOnly() {
	c := make(chan os.Signal)
	signal.Stop(c)
}

// Nobody can receive: the signal is only to be dropped.
func inPlace() {
	signal.Notify(make(chan os.Signal), syscall.SIGHUP)
}
