package receiveonlyonsuccess

import (
	"context"
	"os"
)

func returnsAfterError(card string) receipt {
	out := make(chan receipt)
	go func() {
		id, err := authorize(card)
		if err != nil {
			out <- receipt{err: err}
			return
		}
		out <- receipt{id: id}
	}()
	return <-out
}

func roomForBoth(card string) receipt {
	out := make(chan receipt, 2)
	go func() {
		id, err := authorize(card)
		if err != nil {
			out <- receipt{err: err}
		}
		out <- receipt{id: id}
	}()
	return <-out
}

func closed(card string) string {
	out := make(chan string)
	go func() {
		defer close(out)
		if id, err := authorize(card); err == nil {
			out <- id
		}
	}()
	return <-out
}

func inSelect(ctx context.Context, card string) error {
	failed := make(chan error, 1)
	go func() {
		if _, err := authorize(card); err != nil {
			failed <- err
		}
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func deferred(card string) receipt {
	out := make(chan receipt)
	go func() {
		var r receipt
		defer func() { out <- r }()
		r.id, r.err = authorize(card)
		if r.err != nil {
			return
		}
		r.id += "!"
	}()
	return <-out
}

func sameCondition(a, b bool) int {
	out := make(chan int)
	go func() {
		if a {
			out <- 1
		}
	}()
	if a {
		return <-out
	}
	return 0
}

func exclusive(kind int) int {
	out := make(chan int)
	go func() {
		switch kind {
		case 1:
			out <- 10
		default:
			out <- 20
		}
	}()
	return <-out
}

func repeatedCondition(ok bool) int {
	out := make(chan int)
	go func() {
		if ok {
			out <- 1
		}
		prepare()
		if !ok {
			out <- 2
		}
	}()
	return <-out
}

func prepare() {}

func exits(card string) string {
	out := make(chan string)
	go func() {
		id, err := authorize(card)
		if err != nil {
			os.Exit(1)
		}
		out <- id
	}()
	return <-out
}

func anotherSender(card string) error {
	out := make(chan error)
	go func() {
		if _, err := authorize(card); err != nil {
			out <- err
		}
	}()
	go func() { out <- nil }()
	return <-out
}
