package mixed

import "sync"

// Cases runs each function of bad.go and good.go, by its name.
var Cases = map[string]func(){
	"bad/overloaded": func() { onStats((*requestStats).begin, func(s *requestStats) { s.overloaded() }) },
	"bad/forget":     func() { onStats((*requestStats).begin, (*requestStats).forget) },
	"bad/running":    func() { onStats((*requestStats).stop, func(s *requestStats) { s.running() }) },
	"bad/touch":      func() { onStats(func(s *requestStats) { s.lastAt() }, (*requestStats).touch) },
	"bad/counted":    func() { together(func() { count() }, func() { counted() }) },
	"bad/watch": func() {
		var wg sync.WaitGroup
		onStats((*requestStats).begin, func(s *requestStats) { s.watch(1000, func() {}, &wg) })
		wg.Wait()
	},
	"bad/localCounter": func() { localCounter(8) },
	"bad/localFlag":    func() { localFlag() },
	"bad/idle": func() {
		s := &session{}
		together(s.acquire, func() { s.idle() })
	},

	"good/typed": func() {
		t := &typed{}
		together(t.begin, func() { t.overloaded() })
	},
	"good/count":       func() { onCounters((*counters).hit, func(c *counters) { c.count() }) },
	"good/missed":      func() { onCounters((*counters).miss, func(c *counters) { c.missed() }) },
	"good/limited":     func() { onCounters((*counters).hit, func(c *counters) { c.limited(1) }) },
	"good/advance":     func() { onCounters(func(c *counters) { c.advance() }, func(c *counters) { c.advance() }) },
	"good/last":        func() { onCounters(retained, retained) },
	"good/afterWait":   func() { afterWait(8) },
	"good/beforeStart": func() { beforeStart(8) },
	"good/take": func() {
		s := &snapshot{}
		together(s.read, func() { _ = s.take().sum() })
	},
	"good/String": func() {
		s := &snapshot{}
		together(s.write, func() { _ = s.String() })
	},
	"good/run": func() { new(batch).run(8) },
}

func retained(c *counters) {
	c.retain()
	c.retain()
	c.release()
}

func onStats(f, g func(*requestStats)) {
	s := &requestStats{}
	together(func() { f(s) }, func() { g(s) })
}

func onCounters(f, g func(*counters)) {
	c := newCounters(10)
	together(func() { f(c) }, func() { g(c) })
}

// together runs both functions a few times, at the same time.
func together(f, g func()) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(f)
		wg.Go(g)
	}
	wg.Wait()
}
