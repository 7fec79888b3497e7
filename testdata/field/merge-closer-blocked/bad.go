// Pattern: a fan-in with a closer goroutine behind a WaitGroup; the reader leaves, so the
// workers block and the closer waits for them.
// Source: Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section
// 5.1.2, channel together with WaitGroup ("Chan w/"); Liu et al., Automatically Detecting
// and Fixing Concurrency Bugs in Go (GCatch, ASPLOS 2021), BMOC with WaitGroup.
// Under load: each search that is cut off leaves its workers and the closer.
// Expected: GLC201 at the send of the workers.

package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

func crawl(site string) []string {
	return []string{site + "/a", site + "/b", site + "/c"}
}

func firstLink(sites []string) string {
	links := make(chan string)
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, link := range crawl(site) {
				links <- link // want "GLC20[19]"
			}
		}()
	}
	go func() {
		wg.Wait()
		close(links)
	}()

	for link := range links {
		if strings.HasSuffix(link, "/a") {
			return link
		}
	}
	return ""
}

func scenario() {
	if firstLink([]string{"blog", "shop"}) == "" {
		fmt.Println("nothing found")
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
