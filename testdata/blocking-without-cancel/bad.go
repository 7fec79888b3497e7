package blockingwithoutcancel

import "context"

type queue struct {
	jobs    chan int
	answers chan string
}

var shared = make(chan int)

func (q *queue) put(ctx context.Context, job int) error {
	q.jobs <- job // want "GLC205 .*even when ctx has ended.*select with a case <-ctx.Done"
	return ctx.Err()
}

func (q *queue) take(ctx context.Context) (string, error) {
	answer := <-q.answers // want "GLC205"
	return answer, ctx.Err()
}

func (q *queue) drain(c context.Context) (sum int) {
	for job := range q.jobs { // want "GLC205 .*receive in a select with a case <-c.Done"
		sum += job
	}
	return sum
}

func forward(ctx context.Context, in <-chan int, out chan<- int) {
	select {
	case out <- 1: // want "GLC205 .*add a case <-ctx.Done"
	case <-in:
	}
}

func packageVariable(ctx context.Context) {
	shared <- 1 // want "GLC205"
}

func parameter(ctx context.Context, out chan<- string) {
	out <- "done" // want "GLC205"
}

func inGoroutine(ctx context.Context, q *queue) {
	go func() {
		q.jobs <- 1 // want "GLC205"
	}()
}

func open() <-chan string { return make(chan string) }

func ofCall(ctx context.Context) string {
	lines := open()
	return <-lines // want "GLC205"
}

func nested(ctx context.Context, q *queue) string {
	return "x" + <-q.answers // want "GLC205"
}
