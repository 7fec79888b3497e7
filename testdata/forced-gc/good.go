package export

import (
	"net/http"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"
)

func afterStart(load func()) {
	load()
	runtime.GC()
}

func debugGC(w http.ResponseWriter, r *http.Request) {
	runtime.GC()
}

func heapHandler(w http.ResponseWriter, r *http.Request) {
	settle()
}

func settle() { debug.FreeOSMemory() }

func twice() {
	for range 2 {
		runtime.GC()
	}
}

func limit() { debug.SetMemoryLimit(1 << 30) }

func closures(rows []int) (later []func()) {
	for range rows {
		later = append(later, func() { runtime.GC() })
	}
	return later
}

type collector struct{}

func (collector) GC() {}

func other(w http.ResponseWriter, r *http.Request) {
	var c collector
	c.GC()
}

func shared(w http.ResponseWriter, r *http.Request) { anywhere() }

func start() { anywhere() }

func anywhere() { runtime.GC() }

// A heap profile shows what the last collection left.
func bundle(w http.ResponseWriter, r *http.Request) {
	runtime.GC()
	if err := pprof.WriteHeapProfile(w); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Housekeeping.
func hourly() {
	for {
		time.Sleep(time.Hour)
		runtime.GC()
	}
}

func everyHalfMinute() {
	for range time.Tick(30 * time.Second) {
		debug.FreeOSMemory()
	}
}

func routes(mux *http.ServeMux) {
	mux.HandleFunc("PUT /now", func(w http.ResponseWriter, r *http.Request) {
		runtime.GC()
		w.WriteHeader(http.StatusAccepted)
	})
}
