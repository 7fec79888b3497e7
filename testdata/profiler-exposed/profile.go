package admin

import _ "net/http/pprof" // every file of the package serves it
