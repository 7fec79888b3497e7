package album

import (
	"log"
	"os"
	"sync"
)

func deferFirst(album []picture, sizes []int) {
	var wg sync.WaitGroup
	for i, p := range album {
		wg.Add(1)
		go func() {
			defer wg.Done()
			size, err := decode(p)
			if err != nil {
				return
			}
			sizes[i] = size
		}()
	}
	wg.Wait()
}

func allPaths(p picture, report func(error)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if _, err := decode(p); err != nil {
			report(err)
			wg.Done()
			return
		}
		report(nil)
		wg.Done()
	}()
	wg.Wait()
}

func endsProcess(p picture) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if _, err := decode(p); err != nil {
			log.Fatal(err)
		}
		if p.pixels > 100 {
			panic("too large")
		}
		if p.pixels > 10 {
			os.Exit(1)
		}
		wg.Done()
	}()
	wg.Wait()
}

func countsJobs(album []picture) {
	jobs := make(chan picture)
	var wg sync.WaitGroup
	wg.Add(len(album))
	go func() {
		for p := range jobs {
			_, _ = decode(p)
			wg.Done()
		}
	}()
	for _, p := range album {
		jobs <- p
	}
	close(jobs)
	wg.Wait()
}

func mayBeNil(wg *sync.WaitGroup, p picture) {
	if wg != nil {
		wg.Add(1)
	}
	go func() {
		_, _ = decode(p)
		if wg != nil {
			wg.Done()
		}
	}()
}

func counted(wg *sync.WaitGroup, p picture) {
	wg.Add(1)
	go func() {
		_, _ = decode(p)
		if wg == nil {
			return
		}
		wg.Done()
	}()
}

func inHelper(p picture) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		size, err := decode(p)
		if err != nil {
			finish(&wg, err)
			return
		}
		log.Print(size)
		wg.Done()
	}()
	wg.Wait()
}

func finish(wg *sync.WaitGroup, err error) {
	log.Print(err)
	wg.Done()
}

func handedOn(p picture, later func(func())) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if p.pixels == 0 {
			later(func() { wg.Done() })
			return
		}
		wg.Done()
	}()
	wg.Wait()
}

func inDeferredClosure(p picture) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() {
			if err := recover(); err != nil {
				log.Print(err)
			}
			wg.Done()
		}()
		if p.pixels == 0 {
			panic("empty")
		}
	}()
	wg.Wait()
}

func addTwoStartTwo(p picture) {
	var wg sync.WaitGroup
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			_, _ = decode(p)
		}()
	}
	wg.Wait()
}

func passedOn(p picture) {
	var wg sync.WaitGroup
	wg.Add(3)
	go func() {
		defer wg.Done()
		_, _ = decode(p)
	}()
	go two(&wg)
	wg.Wait()
}

func two(wg *sync.WaitGroup) {
	wg.Done()
	wg.Done()
}

func waitEachTurn(album []picture) {
	var wg sync.WaitGroup
	for _, p := range album {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = decode(p)
		}()
		wg.Wait()
	}
}

func endless(p picture) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for {
			if _, err := decode(p); err != nil {
				wg.Done()
				return
			}
		}
	}()
	wg.Wait()
}

type worker struct {
	wg sync.WaitGroup
}

func (w *worker) start() {
	go w.run()
}

func (w *worker) run() {
	if w == nil {
		return
	}
	w.wg.Add(1)
	go w.run()
	defer w.wg.Done()
}

// Only some of the goroutines are counted.
func someCancelled(jobs []func() error, failing int) {
	var all, failed sync.WaitGroup
	all.Add(len(jobs))
	failed.Add(failing)
	for _, job := range jobs {
		go func() {
			defer all.Done()
			if err := job(); err != nil {
				failed.Done()
			}
		}()
	}
	failed.Wait()
	all.Wait()
}

// Where it is started as a goroutine, it counts down.
func bothWays(jobs []func() error, together bool) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		run := func() error {
			if together {
				defer wg.Done()
			}
			return job()
		}
		if together {
			wg.Add(1)
			go run()
		} else if run() != nil {
			break
		}
	}
	wg.Wait()
}

// The length of the array is in its type.
func byArray(job func()) {
	var wg sync.WaitGroup
	wg.Add(100)
	for range [100]struct{}{} {
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

func allButFirst(files []string) {
	var rest sync.WaitGroup
	rest.Add(len(files) - 1)
	for i := range files {
		go func(i int) {
			if i == 0 {
				println(files[i])
				return
			}
			println(files[i])
			rest.Done()
		}(i)
	}
	rest.Wait()
}
