//glc:package golang.org/x/sync/syncmap
package syncmap

import (
	"sync"
)

type Map = sync.Map
