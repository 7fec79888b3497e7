// Repair of bad.go: defer the close right after the make.

package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"time"
)

type customer struct {
	name string
	age  int
}

func writeAll(in <-chan customer) {
	names := []string{}
	for c := range in {
		names = append(names, c.name)
	}
	sort.Strings(names)
}

func importCustomers(lines []string) error {
	rows := make(chan customer)
	defer close(rows)
	go writeAll(rows)

	for _, line := range lines {
		name, age, ok := strings.Cut(line, ",")
		if !ok {
			return fmt.Errorf("no age in %q", line)
		}
		rows <- customer{name: name, age: len(age)}
	}
	return nil
}

func scenario() {
	if importCustomers([]string{"Ada,36", "Alan"}) == nil {
		fmt.Println("a broken line was imported")
	}
}

func main() {
	const rounds = 20
	before := runtime.NumGoroutine()
	for i := 0; i < rounds; i++ {
		scenario()
	}
	after := settle(before)
	fmt.Printf("goroutines before=%d after=%d\n", before, after)
	if after > before {
		fmt.Printf("LEAK %d\n", after-before)
		return
	}
	fmt.Println("OK")
}

// settle gives finished work about a second to go away.
func settle(before int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}
