package handlers

import (
	"log"
	"time"
)

func (s *server) elsewhere(path string) {
	time.Sleep(time.Minute)
	log.Print(path)
}
