// Pattern: workers count their progress in a captured variable that the starter prints
// while they run.
// Source: Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022),
// capture by reference in goroutines; Tu et al., Understanding Real-World Concurrency Bugs
// in Go (ASPLOS 2019), section 6.1.1, anonymous functions.
// Under load: the progress bar jumps, ends below a hundred percent, and the loop that waits
// for the total never ends.
// Expected: GLC509 at the increment in the goroutine.

package main

import (
	"fmt"
)

type video struct {
	frames int
}

func encode(v video) int {
	encoded := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		for f := 0; f < v.frames; f++ {
			encoded++ // want "GLC509"
		}
	}()

	if encoded > v.frames {
		fmt.Println("more frames than the video has")
	}
	<-done
	return encoded
}

func main() {
	for i := 0; i < 20; i++ {
		if encode(video{frames: 250}) == 0 {
			fmt.Println("no frames")
		}
	}
}
