// Repair of bad.go: an error variable of its own for the goroutine, handed over with the
// join.

package main

import (
	"errors"
	"fmt"
	"strconv"
)

type profile struct {
	name  string
	likes int
}

func loadName(id int) (string, error) {
	return "user " + strconv.Itoa(id), nil
}

func loadLikes(id int) (int, error) {
	if id < 0 {
		return 0, errors.New("no such user")
	}
	return id * 3, nil
}

func loadProfile(id int) (profile, error) {
	var p profile
	var likesErr error
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.likes, likesErr = loadLikes(id)
	}()

	name, err := loadName(id)
	<-done
	p.name = name
	return p, errors.Join(err, likesErr)
}

func main() {
	for id := 1; id <= 20; id++ {
		if _, err := loadProfile(id); err != nil {
			fmt.Println(err)
		}
	}
}
