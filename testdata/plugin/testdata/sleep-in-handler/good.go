package acme

import (
	"net/http"
	"time"
)

type bed struct{}

func (bed) Sleep(time.Duration) {}

func rest(w http.ResponseWriter, r *http.Request) {
	bed{}.Sleep(time.Second)
	go func() {
		time.Sleep(time.Second)
	}()
}

func poll(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			time.Sleep(time.Second)
		}
	}
}

func shared() {
	time.Sleep(time.Second)
}

func ping(w http.ResponseWriter, r *http.Request) {
	shared()
}

func work() {
	shared()
}
