package events

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
)

func Typed(w http.ResponseWriter, r *http.Request) {
	var in struct{ Name string }
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		io.WriteString(w, in.Name)
	}
}

func Counts(w http.ResponseWriter, r *http.Request) {
	var in map[string]int
	if json.NewDecoder(r.Body).Decode(&in) == nil && in["orders"] > 0 {
		w.WriteHeader(http.StatusAccepted)
	}
}

// PassedOn goes out as it came in.
func PassedOn(w http.ResponseWriter, r *http.Request) {
	var in any
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		json.NewEncoder(w).Encode(in)
	}
}

func Annotated(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		in["seen"] = true
		json.NewEncoder(w).Encode(in)
	}
}

func Logged(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if json.NewDecoder(r.Body).Decode(&in) == nil && in["debug"] == true {
		log.Print(in)
	}
}

func Keys(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		for key := range in {
			io.WriteString(w, key)
		}
	}
}

func ByName(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		json.NewEncoder(w).Encode(in[r.FormValue("key")])
	}
}

func Raw(w http.ResponseWriter, r *http.Request) {
	var in map[string]json.RawMessage
	if json.NewDecoder(r.Body).Decode(&in) == nil {
		w.Write(in["payload"])
	}
}

// LoadSettings runs once.
func LoadSettings(text []byte) (string, error) {
	var in map[string]any
	if err := json.Unmarshal(text, &in); err != nil {
		return "", err
	}
	name, _ := in["name"].(string)
	return name, nil
}
