// Package old is built with a Go that has no WaitGroup.Go.
package old

import "sync"

func earlyReturn(names []string, greet func(string) error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() { // want "GLC107 .*defer wg.Done.. first$"
			if err := greet(name); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}
