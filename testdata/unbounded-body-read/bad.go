package bodies

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	web "net/http"

	"github.com/gin-gonic/gin"
)

type order struct{ ID, Note string }

func ReadAll(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body) // want "GLC609 io.ReadAll takes as much memory"
	if err != nil {
		http.Error(w, "read", http.StatusBadRequest)
		return
	}
	w.Write(body)
}

func Decode(w web.ResponseWriter, r *web.Request) {
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil { // want "GLC609 json.NewDecoder"
		web.Error(w, "decode", web.StatusBadRequest)
	}
}

func NamedDecoder(w http.ResponseWriter, r *http.Request) {
	var in order
	decoder := xml.NewDecoder(r.Body) // want "GLC609"
	decoder.Strict = false
	if err := decoder.Decode(&in); err != nil {
		http.Error(w, "decode", http.StatusBadRequest)
	}
}

func Unpacked(w http.ResponseWriter, r *http.Request) {
	unpacked, err := gzip.NewReader(r.Body)
	if err != nil {
		return
	}
	body, _ := io.ReadAll(unpacked) // want "GLC609"
	w.Write(body)
}

func Buffered(w http.ResponseWriter, r *http.Request) {
	var buffer bytes.Buffer
	buffer.ReadFrom(r.Body) // want "GLC609"
	copied := new(bytes.Buffer)
	body := r.Body
	io.Copy(copied, body) // want "GLC609"
	w.Write(copied.Bytes())
}

func Gin(c *gin.Context) {
	body, err := io.ReadAll(c.Request.Body) // want "GLC609"
	if err == nil {
		c.JSON(200, body)
	}
}

type server struct{}

func (server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in, err := parse(r)
	if err == nil {
		io.WriteString(w, in.ID)
	}
}

// parse is called by handlers only.
func parse(r *http.Request) (order, error) {
	var in order
	err := json.NewDecoder(r.Body).Decode(&in) // want "GLC609"
	return in, err
}

func create(w http.ResponseWriter, r *http.Request, id string) error {
	if id == "" {
		return errors.New("no id")
	}
	var in order
	return json.NewDecoder(r.Body).Decode(&in) // want "GLC609"
}

func Closure() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.TeeReader(r.Body, io.Discard)) // want "GLC609"
		w.Write(body)
	})
}
