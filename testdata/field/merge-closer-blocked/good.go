// Repair of bad.go: workers leave through the context that ends when the reader does.

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
	stop := make(chan struct{})
	defer close(stop)
	links := make(chan string)
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, link := range crawl(site) {
				select {
				case links <- link:
				case <-stop:
					return
				}
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
