package events

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
)

func Create(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil { // want "GLC907 decoding into in allocates"
		http.Error(w, "decode", http.StatusBadRequest)
		return
	}
	name, _ := in["name"].(string)
	io.WriteString(w, name)
}

func Whole(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	in := map[string]interface{}{}
	if json.Unmarshal(body, &in) != nil { // want "GLC907"
		return
	}
	if in["kind"] == "order" {
		w.WriteHeader(http.StatusAccepted)
	}
}

func Asserted(w http.ResponseWriter, r *http.Request) {
	var in any
	if json.NewDecoder(r.Body).Decode(&in) != nil { // want "GLC907"
		return
	}
	io.WriteString(w, in.(map[string]any)["id"].(string))
}

func First(w http.ResponseWriter, r *http.Request) {
	var list []map[string]any
	decoder := json.NewDecoder(r.Body)
	if decoder.Decode(&list) != nil || len(list) == 0 { // want "GLC907"
		return
	}
	id, _ := list[0]["id"].(string)
	io.WriteString(w, id)
}

const field = "level"

func Levels(reader io.Reader) map[any]int {
	counts := map[any]int{}
	scanner := bufio.NewScanner(reader)
	for scanner.Scan() {
		var line map[string]any
		if json.Unmarshal(scanner.Bytes(), &line) == nil { // want "GLC907"
			counts[line[field]]++
		}
	}
	return counts
}

func Helper(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	io.WriteString(w, subject(body))
}

func subject(body []byte) string {
	var in map[string]any
	if err := json.Unmarshal(body, &in); err != nil { // want "GLC907"
		return ""
	}
	text, _ := in["subject"].(string)
	return text
}

type document map[string]any

func Named(w http.ResponseWriter, r *http.Request) {
	var in document
	if json.NewDecoder(r.Body).Decode(&in) == nil { // want "GLC907"
		_, found := in["id"]
		if !found {
			w.WriteHeader(http.StatusBadRequest)
		}
	}
}

func Closure(lines [][]byte) (total float64) {
	for _, line := range lines {
		var in map[string]any
		json.Unmarshal(line, &in) // want "GLC907"
		if value, ok := in["value"].(float64); ok {
			total += value
		}
	}
	return total
}
