//go:build debug

package tagged

import _ "net/http/pprof"
