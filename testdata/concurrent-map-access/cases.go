package mapaccess

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

var words = []string{"a", "b", "c", "d", "e", "f", "g", "h"}

// Cases runs each function of bad.go and good.go, by its name.
var Cases = map[string]func(){
	"bad/filledByGoroutines": func() { filledByGoroutines(words) },
	"bad/filledByGroup":      func() { filledByGroup(words) },
	"bad/deletedMeanwhile":   func() { deletedMeanwhile(words) },
	"bad/exhausted":          func() { throughMethods(&limits{used: map[string]int{}}, words) },
	"bad/add":                func() { namedGoroutines(&index{words: map[string][]int{}}, words) },
	"bad/count":              func() { serve(http.HandlerFunc(count)) },
	"bad/remember": func() {
		s := &sessions{users: map[string]string{}}
		serve(http.HandlerFunc(s.login))
	},
	"bad/logout": func() {
		s := &sessions{users: map[string]string{"b": "c"}}
		serve(http.HandlerFunc(s.logout))
	},
	"bad/visits":   func() { serve(visits()) },
	"bad/twoLocks": func() { twoLocks(words) },
	"bad/generic":  func() { generic(words) },

	"good/lockedFill":        func() { lockedFill(words) },
	"good/syncMap":           func() { syncMap(words) },
	"good/readOnlyMeanwhile": func() { readOnlyMeanwhile(words) },
	"good/mapEach":           func() { mapEach(words) },
	"good/batches":           func() { batches(words) },
	"good/lockedMethods":     func() { lockedMethods(&quotas{used: map[string]int{}}, words) },
	"good/register": func() {
		g := &registry{names: map[string]string{}}
		serve(http.HandlerFunc(g.register))
	},
	"good/form":       func() { serve(http.HandlerFunc(form)) },
	"good/owned":      func() { owned(words) },
	"good/objectEach": func() { objectEach(words, 4) },
	"good/shadowed":   func() { shadowed(words) },
}

// serve sends a few requests at once.
func serve(handler http.Handler) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			request := httptest.NewRequest(http.MethodGet, "/?name=ada&token=b", nil)
			handler.ServeHTTP(httptest.NewRecorder(), request)
		})
	}
	wg.Wait()
}
