package streams

import (
	"bufio"
	"fmt"
	"log"
	"net/http"
	"runtime"
	"time"

	"github.com/gin-gonic/gin"
)

func (f *feed) untilGone(w http.ResponseWriter, r *http.Request) {
	for {
		select {
		case price := <-f.prices:
			fmt.Fprintln(w, price)
		case <-r.Context().Done():
			return
		}
	}
}

func (f *feed) untilError(w http.ResponseWriter, r *http.Request) {
	for {
		if _, err := fmt.Fprintln(w, <-f.prices); err != nil {
			return
		}
	}
}

func (f *feed) untilQuit(w http.ResponseWriter, r *http.Request) {
loop:
	for {
		select {
		case price := <-f.prices:
			fmt.Fprintln(w, price)
		case <-f.quit:
			break loop
		}
	}
	log.Print("quit")
}

func (f *feed) whileThere(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		fmt.Fprintln(w, <-f.prices)
	}
}

func (f *feed) ranges(w http.ResponseWriter, r *http.Request) {
	for price := range f.prices {
		fmt.Fprintln(w, price)
	}
}

func (f *feed) panics(w http.ResponseWriter, r *http.Request) {
	for {
		if r.Context().Err() != nil {
			panic(http.ErrAbortHandler)
		}
		fmt.Fprintln(w, <-f.prices)
	}
}

func (f *feed) exits(w http.ResponseWriter, r *http.Request) {
	for {
		if r.Context().Err() != nil {
			runtime.Goexit()
		}
		fmt.Fprintln(w, <-f.prices)
	}
}

func (f *feed) reads(w http.ResponseWriter, r *http.Request) {
	reader := bufio.NewReader(r.Body)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			break
		}
		log.Print(line)
	}
}

func (f *feed) ginUntilGone(c *gin.Context) {
	for {
		select {
		case price := <-f.prices:
			c.String(http.StatusOK, price)
		case <-c.Request.Context().Done():
			return
		}
	}
}

func (f *feed) retries(w http.ResponseWriter, r *http.Request) {
	for {
		if f.ready() {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func (f *feed) ready() bool { return f.prices != nil }

// run is no handler, and a goroutine of one is another rule's.
func (f *feed) run() {
	for {
		log.Print(<-f.prices)
	}
}

func (f *feed) starts(w http.ResponseWriter, r *http.Request) {
	go func() {
		for {
			log.Print(<-f.prices)
		}
	}()
	go f.run()
}
