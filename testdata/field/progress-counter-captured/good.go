// Repair of bad.go: an atomic counter.

package main

import (
	"fmt"
	"sync/atomic"
)

type video struct {
	frames int
}

func encode(v video) int {
	var encoded atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for f := 0; f < v.frames; f++ {
			encoded.Add(1)
		}
	}()

	if encoded.Load() > int64(v.frames) {
		fmt.Println("more frames than the video has")
	}
	<-done
	return int(encoded.Load())
}

func main() {
	for i := 0; i < 20; i++ {
		if encode(video{frames: 250}) == 0 {
			fmt.Println("no frames")
		}
	}
}
