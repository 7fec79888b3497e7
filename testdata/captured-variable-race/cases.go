package race

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

var ids = []int{1, 2, 3, 4, 5, 6, 7, 8}

// Cases runs each function of bad.go and good.go, by its name.
var Cases = map[string]func(){
	"bad/sharedError":      func() { sharedError(1) },
	"bad/appendToOne":      func() { appendToOne(ids) },
	"bad/errorOfGroup":     func() { errorOfGroup(ids) },
	"bad/twoOfOneGroup":    func() { twoOfOneGroup(1) },
	"bad/namedResult":      func() { runNamedResult(namedResult) },
	"bad/fieldOfStruct":    func() { fieldOfStruct(100) },
	"bad/startedByClosure": func() { startedByClosure(ids) },
	"bad/readWithoutLock":  func() { readWithoutLock(ids) },
	"bad/readAfterDeadline": func() {
		for range 50 {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			readAfterDeadline(ctx, 1)
		}
		time.Sleep(20 * time.Millisecond) // for the goroutines that nobody waited for
	},
	"bad/counting": func() { serve(counting()) },
	"bad/registered": func() {
		mux := http.NewServeMux()
		registered(mux)
		serve(mux)
	},
	"bad/writtenByStarter": func() { writtenByStarter(1) },
	"bad/headerCopied": func() {
		for range 20 {
			headerCopied(100)
		}
	},
	"bad/ownContext": func() { ownContext(context.Background(), ids) },
	"bad/nested":     func() { nested(ids) },

	"good/ownError":             func() { ownError(1) },
	"good/appendUnderLock":      func() { appendUnderLock(ids) },
	"good/elementEach":          func() { elementEach(ids) },
	"good/variableEach":         func() { variableEach(ids) },
	"good/limitOfOne":           func() { limitOfOne(ids) },
	"good/joinedInLoop":         func() { joinedInLoop(ids) },
	"good/waitsByHelper":        func() { waitsByHelper(ids) },
	"good/resultByChannel":      func() { resultByChannel(context.Background(), 1) },
	"good/relayed":              func() { relayed(ids) },
	"good/slotAsLock":           func() { slotAsLock(ids) },
	"good/onlyTheFirst":         func() { onlyTheFirst(ids) },
	"good/firstIndexOnly":       func() { firstIndexOnly(ids) },
	"good/wonBySwap":            func() { wonBySwap(ids) },
	"good/throughPipe":          func() { throughPipe(1) },
	"good/lookThenRelease":      func() { lookThenRelease() },
	"good/lockAsSignal":         func() { lockAsSignal(1) },
	"good/countedAtomically":    func() { serve(countedAtomically()) },
	"good/handedToWaiter":       func() { handedToWaiter(1) },
	"good/returnedWithWait":     func() { returnedWithWait(ids) },
	"good/joinedInside":         func() { joinedInside(ids) },
	"good/cancelledByGoroutine": func() { cancelledByGoroutine(1) },
	"good/returnedAsItIs":       func() { runNamedResult(returnedAsItIs) },
}

func runNamedResult(f func(int, *sync.WaitGroup) (string, error)) {
	var wg sync.WaitGroup
	f(1, &wg)
	wg.Wait()
}

// serve sends a few requests at once.
func serve(handler http.Handler) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			request := httptest.NewRequest(http.MethodGet, "/last", nil)
			handler.ServeHTTP(httptest.NewRecorder(), request)
		})
	}
	wg.Wait()
}
