package jobs

import (
	"errors"
	"log"
)

func guarded(j job) {
	defer handle()
	go func() {
		defer handle()
		strict(j)
	}()
}

func guardedNamed(j job) {
	defer handle()
	go careful(j)
}

func careful(j job) {
	defer handle()
	strict(j)
}

func unguardedStarter(j job) {
	go strict(j)
}

func guardedHelper(j job) {
	defer handle()
	go func() {
		careful(j)
		run(j)
	}()
}

func errorsInstead(j job, errs chan<- error) {
	defer handle()
	go func() {
		if j.id == "" {
			errs <- errors.New("job without id")
			return
		}
		run(j)
	}()
}

func bug(j job, kind int) {
	defer handle()
	go func() {
		switch kind {
		case 1:
			run(j)
		default:
			panic("unreachable")
		}
	}()
}

func unknown(j job, do func(job)) {
	defer handle()
	go do(j)
}

func onlyCreates(j job) {
	defer handle()
	go func() {
		fail := func() { panic("never called") }
		log.Print(fail != nil)
	}()
}

func sameGoroutine(j job) {
	defer handle()
	strict(j)
}

func otherDefer(j job) {
	defer log.Print("end")
	go strict(j)
}
