package sendonclosed

type transfer struct {
	chunks chan []byte
	inner  struct{ done chan struct{} }
}

var events = make(chan int)

func twice(c chan int) {
	close(c)
	close(c) // want "GLC206 this second close"
}

func sendAfter(c chan int) {
	close(c)
	c <- 1 // want "GLC206 this send"
}

func (t *transfer) receive(failed bool) {
	if failed {
		close(t.chunks)
	}
	close(t.chunks) // want "GLC206 this second close"
}

func (t *transfer) nested() {
	close(t.inner.done)
	t.inner.done <- struct{}{} // want "GLC206 this send"
}

func deferred(c chan int, n int) {
	defer close(c)
	if n == 0 {
		close(c) // want "GLC206 this second close panics, because a deferred"
		return
	}
	c <- n
}

func packageWide() {
	close(events)
	events <- 1 // want "GLC206 this send"
}

func inClosure(c chan int) {
	go func() {
		close(c)
		c <- 2 // want "GLC206 this send"
	}()
}

func generic[T any](c chan T, values []T) {
	close(c)
	for _, v := range values {
		c <- v // want "GLC206 this send"
	}
}

func branches(c chan int, n int) {
	switch {
	case n > 1:
		close(c)
	}
	c <- n // want "GLC206 this send"
}
