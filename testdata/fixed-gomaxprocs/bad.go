// Package boot fixes the number of processors.
package boot

import (
	"net/http"
	"runtime"
	rt "runtime"
)

const procs = 8

func main() {
	runtime.GOMAXPROCS(4) // want "GLC909 .*fixed to 4.*leave the call out"
	http.ListenAndServe("localhost:80", nil)
}

func init() {
	rt.GOMAXPROCS(procs) // want "GLC909 .*fixed to 8"
}

func cores() {
	runtime.GOMAXPROCS(runtime.NumCPU()) // want "GLC909 .*machine's cores"
}

func expression() {
	runtime.GOMAXPROCS(2 * procs) // want "GLC909 .*fixed to 16"
}

func conditional(small bool) {
	if small {
		runtime.GOMAXPROCS(1) // want "GLC909"
	}
}

type app struct{}

func (app) start() {
	runtime.GOMAXPROCS(3) // want "GLC909"
}

func closure() func() {
	return func() {
		runtime.GOMAXPROCS(5) // want "GLC909"
	}
}

func converted() {
	runtime.GOMAXPROCS(int(procs)) // want "GLC909"
}

func local() {
	const n = 6
	runtime.GOMAXPROCS(n) // want "GLC909"
}
