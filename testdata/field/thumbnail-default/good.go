// Repair of bad.go: a buffer of one lets the renderer finish and the picture be collected.

package main

import (
	"fmt"
	"runtime"
	"time"
)

type thumbnail []byte

func render(path string, width int) thumbnail {
	time.Sleep(2 * time.Millisecond) // stands for decoding and scaling
	return make(thumbnail, width)
}

// preview returns the placeholder unless the real picture is there at once.
func preview(path string, placeholder thumbnail) thumbnail {
	ready := make(chan thumbnail, 1)
	go func() {
		ready <- render(path, 320)
	}()

	select {
	case t := <-ready:
		return t
	default:
		return placeholder
	}
}

func scenario() {
	if t := preview("/img/cat.png", thumbnail{0}); len(t) == 0 {
		fmt.Println("no picture at all")
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
