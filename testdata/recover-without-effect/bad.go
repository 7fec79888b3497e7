// Package guard recovers where nothing can be recovered.
package guard

import "log"

type server struct{}

func direct(work func()) {
	defer recover() // want "GLC805 .*deferred recover.. recovers nothing"
	work()
}

func nested(work func()) {
	defer func() {
		func() {
			if err := recover(); err != nil { // want "GLC805 .*returns nil here"
				log.Print(err)
			}
		}()
	}()
	work()
}

func goroutine(work func()) {
	go func() {
		recover() // want "GLC805 .*defer it in this goroutine"
		work()
	}()
}

func inPlace(work func()) {
	func() {
		work()
		_ = recover() // want "GLC805 .*this closure"
	}()
}

func helped(work func()) {
	defer func() {
		logPanic()
	}()
	work()
}

func logPanic() {
	if err := recover(); err != nil { // want "GLC805 .*write defer logPanic"
		log.Print(err)
	}
}

func (s *server) serve(work func()) {
	defer func() {
		s.restore("serve")
	}()
	work()
}

func (s *server) restore(name string) {
	if err := recover(); err != nil { // want "GLC805 .*write defer s.restore"
		log.Print(name, err)
	}
}

func called(work func()) {
	work()
	catch()
}

func catch() {
	recover() // want "GLC805"
}

func deferredGoroutine(work func()) {
	defer func() {
		go func() {
			log.Print(recover()) // want "GLC805"
		}()
	}()
	work()
}

func init() {
	log.Print(recover()) // want "GLC805"
}

func twoThings(work func()) {
	defer func() {
		log.Print("end")
		keep()
	}()
	work()
}

func keep() { log.Print(recover()) } // want "GLC805"
