// Package sums yields where it need not.
package sums

import (
	"runtime"
	"sync/atomic"
)

func each(rows []int) int {
	sum := 0
	for _, row := range rows {
		sum += row
		runtime.Gosched() // want "GLC904 .*since Go 1.14.*remove it"
	}
	return sum
}

func everyThousand(rows []int) int {
	sum := 0
	for i := 0; i < len(rows); i++ {
		sum += rows[i]
		if i%1000 == 0 {
			runtime.Gosched() // want "GLC904"
		}
	}
	return sum
}

func waits(ready *atomic.Bool) {
	for !ready.Load() {
		runtime.Gosched() // want "GLC904 .*keeps a core busy"
	}
}

func polls(ready *atomic.Bool) {
	for {
		if ready.Load() {
			return
		}
		runtime.Gosched() // want "GLC904 .*keeps a core busy"
	}
}

func courtesy(jobs chan int, do func(int)) {
	for job := range jobs {
		do(job)
		runtime.Gosched() // want "GLC904 .*does no good"
	}
}

type batch struct{ rows []int }

func (b *batch) total() (sum int) {
	for _, row := range b.rows {
		for range 10 {
			sum += row
			runtime.Gosched() // want "GLC904"
		}
	}
	return sum
}

func labelled(rows [][]int) (sum int) {
outer:
	for _, row := range rows {
		for _, cell := range row {
			if cell < 0 {
				continue outer
			}
			runtime.Gosched() // want "GLC904"
			sum += cell
		}
	}
	return sum
}

func generic[T any](items []T, keep func(T) bool) (kept []T) {
	for _, item := range items {
		if keep(item) {
			kept = append(kept, item)
		}
		runtime.Gosched() // want "GLC904"
	}
	return kept
}

func useImport() int { return runtime.NumGoroutine() }
