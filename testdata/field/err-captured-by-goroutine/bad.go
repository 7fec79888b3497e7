// Pattern: a goroutine assigns to the err variable of the function around it, which goes on
// using it.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// capture by reference of the idiomatic err variable.
// Under load: one request reports the error of the other call, or none at all, more often
// the more of them run.
// Expected: GLC509 at the assignment in the goroutine.

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
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.likes, err = loadLikes(id) // want "GLC509"
	}()

	name, err := loadName(id)
	if err != nil {
		return profile{}, err
	}
	<-done
	p.name = name
	return p, err
}

func main() {
	for id := 1; id <= 20; id++ {
		if _, err := loadProfile(id); err != nil {
			fmt.Println(err)
		}
	}
}
