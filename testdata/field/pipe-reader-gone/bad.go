// Pattern: a goroutine writes to an io.Pipe, the reading side stops early and does not
// close its end.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, messaging libraries (Pipe).
// Under load: a blocked writer with its encoder buffers for each upload that is refused
// half way.
// Expected: none of the present rules knows pipes; GLC201 is the closest in kind.

package main

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"time"
)

func writeCatalogue(w *io.PipeWriter, entries int) {
	var err error
	for i := 0; i < entries && err == nil; i++ {
		_, err = fmt.Fprintf(w, "entry %d\n", i) // want-later "GLC201"
	}
	w.CloseWithError(err)
}

func firstEntry(entries int) (string, error) {
	r, w := io.Pipe()
	go writeCatalogue(w, entries)
	line, err := bufio.NewReaderSize(r, 16).ReadString('\n')
	if err != nil {
		return "", err
	}
	return line, nil
}

func scenario() {
	if _, err := firstEntry(1000); err != nil {
		fmt.Println(err)
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
