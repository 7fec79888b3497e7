package bodies

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
)

func Limited(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err == nil {
		w.Write(body)
	}
}

func Replaced(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "decode", http.StatusBadRequest)
	}
}

func LimitReader(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil {
		w.Write(body)
	}
}

func Length(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength < 0 || r.ContentLength > 1<<20 {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	body, _ := io.ReadAll(r.Body)
	w.Write(body)
}

func LimitedByHandler(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if in, err := decode(r); err == nil {
		io.WriteString(w, in.ID)
	}
}

func decode(r *http.Request) (order, error) {
	var in order
	err := json.NewDecoder(r.Body).Decode(&in)
	return in, err
}

// Stream takes one value at a time.
func Stream(w http.ResponseWriter, r *http.Request) {
	decoder := json.NewDecoder(r.Body)
	for decoder.More() {
		var in order
		if decoder.Decode(&in) != nil {
			return
		}
	}
}

// Upload writes as it reads.
func Upload(w http.ResponseWriter, r *http.Request) {
	file, err := os.CreateTemp("", "upload")
	if err != nil {
		return
	}
	defer file.Close()
	io.Copy(file, r.Body)
}

func Answer(resp *http.Response) ([]byte, error) {
	return io.ReadAll(resp.Body)
}

type recorder struct{ next http.RoundTripper }

// RoundTrip sees requests that are sent.
func (t recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	return t.next.RoundTrip(r)
}

// Sent is called by code that sends requests.
func Sent(r *http.Request) ([]byte, error) {
	return io.ReadAll(r.Body)
}

type message struct{ Body io.Reader }

func Other(w http.ResponseWriter, r *message) {
	body, _ := io.ReadAll(r.Body)
	w.Write(body)
}
