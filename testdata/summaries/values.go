package summaries

import "time"

// Functions behind variables, fields and interfaces.

var sleepy = func(c chan int) { c <- 1; time.Sleep(1) }

var replaced = func(c chan int) { c <- 1 }

func setReplaced(f func(chan int)) { replaced = f }

// summary: blocks(chan) blocks(sleep) send(c)
func throughVariable(c chan int) { sleepy(c) }

// summary: blocks(unknown) pass(c)
func throughReplaced(c chan int) { replaced(c) }

type worker struct {
	run  func(c chan int)
	stop func()
}

func newWorker(stop func()) *worker {
	return &worker{run: drainChannel, stop: stop}
}

// summary: blocks(chan) receive(c)
func drainChannel(c chan int) { <-c }

// summary: blocks(chan) invoke(w.run) receive(c)
func (w *worker) throughField(c chan int) { w.run(c) }

// summary: blocks(unknown) invoke(w.stop) pass(c)
func (w *worker) throughUnknownField(c chan int) { w.stop(); other(c) }

var other func(chan int)

type queue interface{ push(c chan int) }

type realQueue struct{ n int }

// summary: blocks(chan) send(c)
func (q *realQueue) push(c chan int) { c <- q.n }

// summary: blocks(chan) send(c) call(q.push)
func throughInterface(q queue, c chan int) { q.push(c) }

type shape interface{ area() time.Duration }

type square struct{}

func (square) area() time.Duration { time.Sleep(1); return 0 }

type circle struct{}

func (circle) area() time.Duration { return 0 }

// summary: blocks(unknown) call(s.area)
func throughOneOfTwo(s shape) { s.area() }

// summary: blocks(lock) blocks(unknown) lock(s.mu) unlock(s.mu) call(s.lock)
func methodValue(s *server) {
	f := s.lock
	f()
	g := s.mu.Unlock
	g()
}
