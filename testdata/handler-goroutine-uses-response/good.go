package answers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"
)

func (s *server) joined(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		s.render(w, "page")
	}()
	group.Wait()
}

func (s *server) joinedInDefer(w http.ResponseWriter, r *http.Request) {
	var group sync.WaitGroup
	defer group.Wait()
	group.Add(1)
	go func() {
		defer group.Done()
		s.render(w, "page")
	}()
	if r.URL.Query().Has("quick") {
		return
	}
	log.Print("slow")
}

func (s *server) joinedByChannel(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(w, r.Body)
		done <- err
	}()
	if err := <-done; err != nil {
		log.Print(err)
	}
}

func (s *server) joinedAfterTimeout(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		s.render(w, "page")
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		cancel()
		<-done
	}
	cancel()
}

// starts hands the end of its goroutine to the caller.
func (s *server) starts(w http.ResponseWriter) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.render(w, "page")
	}()
	return done
}

func (s *server) readsBefore(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	go func() {
		drain(bytes.NewReader(body))
		log.Print(r.URL.Path, r.Header.Get("X-User"))
	}()
}

func (s *server) passesValue(w http.ResponseWriter, r *http.Request) {
	go log.Print(r.FormValue("name"))
}

func (s *server) sendsOwn(w http.ResponseWriter, r *http.Request) {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "http://x", nil)
	if err != nil {
		return
	}
	go func() {
		log.Print(request.Body)
	}()
}

// send is given a request to send, not one to serve.
func send(client *http.Client, request *http.Request) {
	go func() {
		defer request.Body.Close()
		log.Print(request.URL)
	}()
}

func recorder() {
	w := httptest.NewRecorder()
	go fmt.Fprintln(w, "x")
}

func ignores(w http.ResponseWriter, r *http.Request) {
	go background(w)
}

func background(_ http.ResponseWriter) { log.Print("x") }

func shadowed(w http.ResponseWriter, r *http.Request) {
	go func() {
		w := new(bytes.Buffer)
		fmt.Fprintln(w, "x")
	}()
	go func(w io.Writer) {
		fmt.Fprintln(w, "x")
	}(log.Writer())
}

func copies(c *gin.Context) {
	own := c.Copy()
	go func() {
		report(own)
	}()
	go report(c.Copy())
	user := c.GetString("user")
	go audit(user, c.Request.URL.Path)
}

func valuesOfEcho(c echo.Context) error {
	id := c.Param("id")
	go func() { log.Print(id) }()
	return c.NoContent(204)
}

func group(c *gin.Context) {
	var g errgroup.Group
	g.Go(func() error {
		report(c)
		return nil
	})
	if err := g.Wait(); err != nil {
		log.Print(err)
	}
}

func serverSide(w http.ResponseWriter, r *http.Request) {
	for {
		done := make(chan struct{})
		go func() {
			defer close(done)
			fmt.Fprintln(w, "tick")
		}()
		<-done
		if r.Context().Err() != nil {
			return
		}
	}
}

// The wrapped function gets the response, and makes no use of it.
func wrapped(w http.ResponseWriter, r *http.Request) {
	go func() {
		try(func(_ http.ResponseWriter, _ *http.Request) { println("closed") })(w, r)
	}()
}

func try(handle http.HandlerFunc) http.HandlerFunc { return handle }
