package receiveonlyonsuccess

import "errors"

var errDeclined = errors.New("declined")

type receipt struct {
	id  string
	err error
}

func authorize(card string) (string, error) {
	if card == "" {
		return "", errDeclined
	}
	return card, nil
}

func charge(card string) receipt {
	out := make(chan receipt)
	go func() {
		id, err := authorize(card)
		if err != nil {
			out <- receipt{err: err}
		}
		out <- receipt{id: id} // want "GLC210 only one value is taken from out"
	}()
	return <-out
}

func thirdStatus() string {
	status := make(chan string, 1)
	go func() {
		status <- "accepted"
		status <- "stored"
		status <- "indexed" // want "GLC210"
	}()
	return <-status
}

type shard struct{ docs []string }

func (s shard) search(hits chan<- int) {
	if len(s.docs) == 0 {
		return
	}
	hits <- len(s.docs)
}

func twoShards(a, b shard) (n int) {
	hits := make(chan int)
	go a.search(hits)
	go b.search(hits)
	for i := 0; i < 2; i++ {
		n += <-hits // want "GLC210 a goroutine that was started for this receive can end without sending"
	}
	return n
}

func allShards(shards []shard) (n int) {
	hits := make(chan int)
	for _, s := range shards {
		go s.search(hits)
	}
	for range shards {
		n += <-hits // want "GLC210"
	}
	return n
}

func onlyOnSuccess(card string) string {
	out := make(chan string)
	go func() {
		id, err := authorize(card)
		if err != nil {
			return
		}
		out <- id
	}()
	return <-out // want "GLC210"
}

func onlyOnError(card string) error {
	failed := make(chan error)
	go func() {
		if _, err := authorize(card); err != nil {
			failed <- err
		}
	}()
	return <-failed // want "GLC210"
}

func switched(kind int) int {
	out := make(chan int)
	go func() {
		switch kind {
		case 1:
			out <- 10
		case 2:
			out <- 20
		}
	}()
	return <-out // want "GLC210"
}

func doubleInSwitch(kind int) int {
	out := make(chan int)
	go func() {
		switch {
		case kind < 0:
			out <- -1
		}
		out <- kind // want "GLC210"
	}()
	v := <-out
	return v
}

func generic[T any](call func() (T, error)) T {
	out := make(chan T)
	go func() {
		v, err := call()
		if err != nil {
			return
		}
		out <- v
	}()
	return <-out // want "GLC210"
}
