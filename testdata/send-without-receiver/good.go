package sendwithoutreceiver

import (
	"fmt"
	"os"
	"os/signal"
)

func receiverFirst(t *tenant) {
	signal := make(chan struct{})
	go t.announce(signal)
	signal <- struct{}{}
}

func roomForIt() int {
	ch := make(chan int, 1)
	ch <- 1
	return <-ch
}

func emptiedBetween() int {
	ch := make(chan int, 1)
	ch <- 1
	<-ch
	ch <- 2
	return <-ch
}

func forever() {
	block := make(chan struct{})
	go func() { fmt.Println("serving") }()
	<-block
}

func foreverThenReturn(serve func() error) error {
	if err := serve(); err != nil {
		return err
	}
	block := make(chan struct{})
	<-block

	return nil
}

func foreverThenPanic() {
	<-make(chan struct{})
	panic("unreachable")
}

func waySelect() {
	ch := make(chan int)
	select {
	case ch <- 1:
	default:
	}
}

func interrupted() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
	fmt.Println("bye")
}

func maybeStarted(async bool) {
	ch := make(chan int)
	if async {
		go func() { fmt.Println(<-ch) }()
	}
	ch <- 1
}

func sized(values []int) int {
	ch := make(chan int, len(values))
	for _, v := range values {
		ch <- v
	}
	return <-ch
}

func register(ch chan int) { registered = ch }

var registered chan int

func escapes() {
	ch := make(chan int)
	register(ch)
	ch <- 1
}

func startedInLoop() {
	jobs := make(chan int)
	for i := 0; i < 4; i++ {
		if i > 0 {
			jobs <- i
			continue
		}
		go func() {
			for j := range jobs {
				fmt.Println(j)
			}
		}()
	}
	close(jobs)
}

func closedByDefer() {
	stop := make(chan struct{})
	defer close(stop)
	go func() { <-stop }()
}

func guarded(report func(int), fn func(*int)) {
	defer func() {
		if recover() != nil {
			tellOf(report)
		}
	}()
	tries := 0
	fn(&tries)
}

func tellOf(report func(int)) {
	func() {
		report(1)
	}()
}

func reportOfPanic() {
	reported := make(chan int, 1)
	guarded(func(n int) {
		reported <- n
	}, func(_ *int) {
		panic("isolation")
	})
	n := <-reported
	println(n)
}
