//glc:package golang.org/x/net/netutil
package netutil

import (
	"net"
)

func LimitListener(net.Listener, int) net.Listener
