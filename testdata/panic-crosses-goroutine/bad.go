// Package jobs guards the wrong goroutine.
package jobs

import "log"

type job struct{ id string }

func run(j job) {}

func closure(j job) {
	defer func() {
		if err := recover(); err != nil {
			log.Print(err)
		}
	}()
	go func() { // want "GLC806 .*passes the recover.*defer a recover in the goroutine"
		if j.id == "" {
			panic("job without id")
		}
		run(j)
	}()
}

func named(j job) {
	defer handle()
	go strict(j) // want "GLC806"
}

func handle() {
	if err := recover(); err != nil {
		log.Print(err)
	}
}

func strict(j job) {
	if j.id == "" {
		panic("job without id")
	}
	run(j)
}

type pool struct{ jobs chan job }

func (p *pool) start() {
	defer p.guard()
	for j := range p.jobs {
		go p.work(j) // want "GLC806"
	}
}

func (p *pool) guard() { log.Print(recover()) }

func (p *pool) work(j job) {
	strict(j)
}

func logPanic(j job) {
	defer handle()
	go func() { // want "GLC806"
		if j.id == "" {
			log.Panicf("job without id")
		}
		run(j)
	}()
}

func callsInClosure(j job) {
	defer handle()
	go func() { // want "GLC806"
		p := &pool{}
		p.work(j)
	}()
}

func insideClosure(list []job) {
	each(list, func(j job) {
		defer handle()
		go strict(j) // want "GLC806"
	})
}

func each(list []job, do func(job)) {
	for _, j := range list {
		do(j)
	}
}

func outerGuard(list []job) {
	defer handle()
	each(list, func(j job) {
		go strict(j) // want "GLC806"
	})
}

func generic[T any](items []T, check func(T) error) {
	defer handle()
	for _, item := range items {
		go func() { // want "GLC806"
			if err := check(item); err != nil {
				panic(err)
			}
		}()
	}
}
