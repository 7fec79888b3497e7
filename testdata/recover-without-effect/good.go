package guard

import (
	"log"
	"sync"
)

func deferred(work func()) {
	defer func() {
		if err := recover(); err != nil {
			log.Print(err)
		}
	}()
	work()
}

func deferredNamed(work func()) {
	defer report()
	work()
}

func report() {
	if err := recover(); err != nil {
		log.Print(err)
	}
}

func (s *server) method(work func()) {
	defer s.report("method")
	work()
}

func (s *server) report(name string) {
	log.Print(name, recover())
}

func variable(work func()) {
	handle := func() { log.Print(recover()) }
	defer handle()
	work()
}

func passed(work func()) {
	run(work, asValue)
}

func run(work, after func()) {
	defer after()
	work()
}

func asValue() { log.Print(recover()) }

// Handle is for callers to defer.
func Handle() { log.Print(recover()) }

func made() func() {
	return func() { log.Print(recover()) }
}

func once(o *sync.Once, work func()) {
	o.Do(func() {
		defer func() { _ = recover() }()
		work()
	})
}

func mixed(work func()) {
	defer both()
	work()
	both()
}

func both() { log.Print(recover()) }

func shadowed(recover func() any) any {
	return recover()
}

func unused() { log.Print(recover()) }

func inGoroutine(work func()) {
	go func() {
		defer func() { _ = recover() }()
		work()
	}()
}
