package sendonclosed

func closeLast(c chan int) {
	c <- 1
	close(c)
}

func renewed(c chan int) {
	close(c)
	c = make(chan int, 1)
	c <- 1
}

func (t *transfer) renewed() {
	close(t.chunks)
	t.chunks = make(chan []byte, 1)
	t.chunks <- nil
}

func (t *transfer) reset() { t.chunks = make(chan []byte, 1) }

func (t *transfer) renewedByCall() {
	close(t.chunks)
	t.reset()
	t.chunks <- nil
}

func wholeRenewed(t *transfer) {
	close(t.chunks)
	t = &transfer{chunks: make(chan []byte, 1)}
	t.chunks <- nil
}

func leaves(c chan int, failed bool) {
	if failed {
		close(c)
		return
	}
	c <- 1
	close(c)
}

func eitherOr(c chan int, failed bool) {
	if failed {
		close(c)
	} else {
		c <- 1
	}
}

func others(a, b chan int) {
	close(a)
	close(b)
	close(make(chan int))
}

func indexed(cs []chan int) {
	close(cs[0])
	close(cs[1])
}

func each(ts []*transfer) {
	for _, t := range ts {
		close(t.chunks)
	}
}

func ownClose(c chan int) {
	close := func(chan int) {}
	close(c)
	close(c)
}

func deferredAlone(c chan int) {
	defer close(c)
	c <- 1
}

func once(c chan int) {
	closed := false
	if len(c) == 0 {
		close(c)
		closed = true
	}
	if !closed {
		close(c)
	}
}
