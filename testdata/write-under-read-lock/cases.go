package readlock

import "sync"

var titles = []string{"a", "bb", "ccc", "dddd", "eeeee", "ffffff", "ggggggg", "hhhhhhhh"}

// Cases runs each function of bad.go and good.go, by its name.
var Cases = map[string]func(){
	"bad/field":           func() { onLibrary(func(l *library, _ int) { l.field() }) },
	"bad/nested":          func() { onLibrary(func(l *library, _ int) { l.nested() }) },
	"bad/onDemand":        func() { onLibrary(func(l *library, i int) { l.onDemand(titles[i]) }) },
	"bad/expire":          func() { onLibrary(func(l *library, _ int) { l.expire("a") }) },
	"bad/appends":         func() { onLibrary(func(l *library, i int) { l.appends(titles[i]) }) },
	"bad/touch":           func() { onLibrary(func(l *library, _ int) { l.throughMethod() }) },
	"bad/embedded":        func() { atOnce(&shelf{}, func(s *shelf, _ int) { s.embedded() }) },
	"bad/packageVariable": func() { onLibrary(func(_ *library, _ int) { packageVariable("a") }) },
	"bad/localLock":       func() { localLock(titles) },
	"bad/downgraded":      func() { onLibrary(func(l *library, i int) { downgradeOften(l, titles[i]) }) },

	"good/writeLock":    func() { onLibrary(func(l *library, _ int) { l.writeLock() }) },
	"good/upgraded":     func() { onLibrary(func(l *library, i int) { l.upgraded(titles[i]) }) },
	"good/collect":      func() { onLibrary(func(l *library, _ int) { l.collect() }) },
	"good/atomically":   func() { atOnce(&counters{}, func(c *counters, _ int) { c.atomically("a") }) },
	"good/otherLock":    func() { atOnce(&pair{}, func(p *pair, _ int) { p.otherLock() }) },
	"good/onlyOnce":     func() { atOnce(&pair{}, func(p *pair, _ int) { p.onlyOnce() }) },
	"good/other":        func() { onLibrary(func(l *library, _ int) { other(l, oneShelf) }) },
	"good/into":         func() { onLibrary(func(l *library, _ int) { into(l, &document{}) }) },
	"good/elements":     func() { counts := make([]int, 8); onLibrary(func(l *library, i int) { l.elements(counts, i) }) },
	"good/afterUnlock":  func() { onLibrary(func(l *library, _ int) { l.afterUnlock("a") }) },
	"good/throughBlock": func() { atOnce(&file{last: &block{}}, func(f *file, _ int) { f.throughBlock() }) },
	"good/localWrite":   func() { localWrite(titles) },
}

var oneShelf = &shelf{}

// The lock orders most of the turns; some of thousands are left.
func downgradeOften(l *library, name string) {
	for range 2000 {
		l.downgraded(name)
	}
}

func onLibrary(f func(*library, int)) {
	atOnce(&library{books: map[string]string{"a": "text"}}, f)
}

// atOnce runs f on eight goroutines with one value.
func atOnce[T any](value T, f func(T, int)) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { f(value, i) })
	}
	wg.Wait()
}
