package sendwithoutreceiver

import "fmt"

type tenant struct{ ready chan struct{} }

func (t *tenant) announce(signal <-chan struct{}) {
	<-signal
	close(t.ready)
}

func (t *tenant) boot() {
	signal := make(chan struct{})
	signal <- struct{}{} // want "GLC203 the receiver of signal is only started after this send"
	go t.announce(signal)
	<-t.ready
}

func ownChannel() int {
	ch := make(chan int)
	ch <- 1 // want "GLC203"
	return <-ch
}

func fullBuffer() (string, string) {
	pending := make(chan string, 1)
	pending <- "a"
	pending <- "b" // want "GLC203 pending is full here"
	return <-pending, <-pending
}

func countedLoop() int {
	ch := make(chan int, 2)
	for i := 0; i < 3; i++ {
		ch <- i // want "GLC203 ch is full here"
	}
	return <-ch
}

func neverSent() {
	done := make(chan struct{})
	go func() { fmt.Println("working") }()
	<-done // want "GLC203 nothing sends on done or closes it.*defer close.done."
	fmt.Println("done")
}

func neverReceived() {
	results := make(chan int)
	go func() {
		results <- 1 // want "GLC203 nothing receives from results"
	}()
	fmt.Println("started")
}

func startedTooLate() {
	done := make(chan bool)
	<-done // want "GLC203 whoever sends on done or closes it is only started after this receive"
	go func() { done <- true }()
}

func put(ch chan<- int) {
	ch <- 1 // want "GLC203"
}

func throughHelper() int {
	ch := make(chan int)
	put(ch)
	return <-ch
}

func ranged() (sum int) {
	values := make(chan int)
	for v := range values { // want "GLC203"
		sum += v
	}
	go func() {
		defer close(values)
		values <- 1
	}()
	return sum
}

func inClosure() func() {
	return func() {
		ch := make(chan string)
		ch <- "x" // want "GLC203"
		fmt.Println(<-ch)
	}
}
