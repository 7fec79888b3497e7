// Package streams holds handlers that never return.
package streams

import (
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

type feed struct {
	prices chan string
	quit   chan struct{}
}

func (f *feed) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for { // want "GLC610"
		fmt.Fprintf(w, "data: %s\n\n", <-f.prices)
	}
}

func (f *feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for { // want "GLC610"
		select {
		case price := <-f.prices:
			fmt.Fprintln(w, price)
		case <-time.After(time.Second):
			fmt.Fprintln(w)
		}
	}
}

// breaksSelect sees that the client has gone, and goes on.
func (f *feed) breaksSelect(w http.ResponseWriter, r *http.Request) {
	for { // want "GLC610"
		select {
		case price := <-f.prices:
			fmt.Fprintln(w, price)
		case <-r.Context().Done():
			break
		}
	}
}

func (f *feed) continuesOnError(w http.ResponseWriter, r *http.Request) {
	for { // want "GLC610"
		if _, err := fmt.Fprintln(w, <-f.prices); err != nil {
			log.Print(err)
			continue
		}
	}
}

func (f *feed) factory() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for { // want "GLC610"
			fmt.Fprintln(w, <-f.prices)
		}
	}
}

func (f *feed) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for { // want "GLC610"
			next.ServeHTTP(w, r)
		}
	})
}

func (f *feed) helper(w http.ResponseWriter, r *http.Request) {
	f.copyTo(w)
}

func (f *feed) copyTo(w http.ResponseWriter) {
	for { // want "GLC610"
		fmt.Fprintln(w, <-f.prices)
	}
}

func (f *feed) inner(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		for { // want "GLC610"
			fmt.Fprintln(w, <-f.prices)
		}
	}
}

func (f *feed) withGin(c *gin.Context) {
	for { // want "GLC610"
		c.JSON(http.StatusOK, <-f.prices)
	}
}

func (f *feed) withEcho(c echo.Context) error {
	for { // want "GLC610"
		if err := c.String(http.StatusOK, <-f.prices); err != nil {
			log.Print(err)
		}
	}
}

func (f *feed) inPlace(w http.ResponseWriter, r *http.Request) {
	func() {
		for true { // want "GLC610"
			fmt.Fprintln(w, <-f.prices)
		}
	}()
}
