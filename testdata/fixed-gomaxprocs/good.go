package boot

import (
	"flag"
	"os"
	"runtime"
	"strconv"
)

func asks() int { return runtime.GOMAXPROCS(0) }

func asksOnly() { runtime.GOMAXPROCS(-1) }

func restores(do func()) {
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	do()
}

func restoresAtOnce(do func()) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	do()
}

func fromFlag() {
	n := flag.Int("procs", 0, "")
	flag.Parse()
	runtime.GOMAXPROCS(*n)
}

func fromEnvironment() {
	if n, err := strconv.Atoi(os.Getenv("PROCS")); err == nil {
		runtime.GOMAXPROCS(n)
	}
}

func parameter(n int) { runtime.GOMAXPROCS(n) }

func setsBack(do func()) {
	before := runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(1)
	do()
	runtime.GOMAXPROCS(before)
}

type fake struct{}

func (fake) GOMAXPROCS(n int) int { return n }

func other(f fake) { f.GOMAXPROCS(4) }
