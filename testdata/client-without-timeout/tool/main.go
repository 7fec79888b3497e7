// Command tool runs once.
package main

import (
	"log"
	"net/http"
)

func main() {
	client := &http.Client{} // want "GLC602"
	resp, err := client.Get("https://example.com/")
	if err != nil {
		log.Fatal(err)
	}
	log.Print(resp.Body.Close())
}
