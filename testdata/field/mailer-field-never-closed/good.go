// Repair of bad.go: a Close method, and callers who defer it.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type mailer struct {
	outbox chan string
	sent   int
}

func newMailer() *mailer {
	m := &mailer{outbox: make(chan string, 4)}
	go m.loop()
	return m
}

func (m *mailer) loop() {
	for letter := range m.outbox {
		m.sent += len(letter)
	}
}

func (m *mailer) post(letter string) { m.outbox <- letter }

func (m *mailer) close() { close(m.outbox) }

func welcome(user string) {
	m := newMailer()
	defer m.close()
	m.post("Welcome " + user)
}

func scenario() {
	welcome("Grace")
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
