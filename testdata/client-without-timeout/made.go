package clients

import "net/http"

// downloader is made here and used in other files.
func downloader() *http.Client {
	return &http.Client{} // want "GLC602"
}

func limited() *http.Client {
	return &http.Client{}
}
