// Package album waits for goroutines that do not all report back.
package album

import (
	"errors"
	"runtime"
	"sync"
)

type picture struct{ pixels int }

var errCorrupt = errors.New("corrupt")

func decode(p picture) (int, error) {
	if p.pixels == 0 {
		return 0, errCorrupt
	}
	return p.pixels, nil
}

func earlyReturn(album []picture, sizes []int) {
	var wg sync.WaitGroup
	for i, p := range album {
		wg.Add(1)
		go func() { // want "GLC107 .*skips wg.Done.* wg.Go"
			size, err := decode(p)
			if err != nil {
				return
			}
			sizes[i] = size
			wg.Done()
		}()
	}
	wg.Wait()
}

func withArgument(album []picture, sizes []int) {
	var wg sync.WaitGroup
	for i, p := range album {
		wg.Add(1)
		go func(i int, p picture) { // want "GLC107 .*defer wg.Done"
			size, err := decode(p)
			if err != nil {
				return
			}
			sizes[i] = size
			wg.Done()
		}(i, p)
	}
	wg.Wait()
}

func lateDefer(album []picture, sizes []int) {
	wg := new(sync.WaitGroup)
	for i, p := range album {
		wg.Add(1)
		go func() { // want "GLC107"
			if p.pixels == 0 {
				return
			}
			defer wg.Done()
			sizes[i], _ = decode(p)
		}()
	}
	wg.Wait()
}

func swallowedPanic(album []picture) {
	var wg sync.WaitGroup
	for _, p := range album {
		wg.Add(1)
		go func() { // want "GLC107"
			defer func() { _ = recover() }()
			if p.pixels < 0 {
				panic("negative")
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func goexit(p picture) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want "GLC107"
		if p.pixels == 0 {
			runtime.Goexit()
		}
		wg.Done()
	}()
	wg.Wait()
}

type library struct {
	wg    sync.WaitGroup
	sizes []int
}

func (l *library) load(album []picture) {
	for _, p := range album {
		l.wg.Add(1)
		go l.loadOne(p) // want "GLC107 .*l.wg.Done"
	}
	l.wg.Wait()
}

func (l *library) loadOne(p picture) {
	size, err := decode(p)
	if err != nil {
		return
	}
	l.sizes = append(l.sizes, size)
	l.wg.Done()
}

func otherFile(album []picture, sizes chan<- int) {
	var wg sync.WaitGroup
	wg.Add(len(album))
	for _, p := range album {
		go resize(&wg, p, sizes) // want "GLC107"
	}
	wg.Wait()
}

func oneBranch(p picture, ok bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want "GLC107"
		switch {
		case p.pixels > 10:
			wg.Done()
		case ok:
			wg.Done()
		}
	}()
	wg.Wait()
}

func addTwo(p picture) {
	var wg sync.WaitGroup
	wg.Add(2) // want "GLC107 .*counts 2 .*at most 1"
	go func() {
		defer wg.Done()
		_, _ = decode(p)
	}()
	wg.Wait()
}

func addTen(p picture) {
	var wg sync.WaitGroup
	wg.Add(10) // want "GLC107 .*counts 10 .*at most 9"
	for i := 1; i < 10; i++ {
		go func() {
			defer wg.Done()
			_, _ = decode(p)
		}()
	}
	wg.Wait()
}

func waitInLoop(album []picture) {
	var wg sync.WaitGroup
	wg.Add(len(album))
	for _, p := range album {
		go func() {
			defer wg.Done()
			_, _ = decode(p)
		}()
		wg.Wait() // want "GLC107 .*behind the loop"
	}
}

func generic[T any](items []T, do func(T) error) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() { // want "GLC107"
			if err := do(item); err == nil {
				println("done")
				wg.Done()
			}
		}()
	}
	wg.Wait()
}
