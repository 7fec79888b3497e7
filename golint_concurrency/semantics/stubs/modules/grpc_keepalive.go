//glc:package google.golang.org/grpc/keepalive
package keepalive

import (
	"time"
)

type ClientParameters struct {
	Time, Timeout       time.Duration
	PermitWithoutStream bool
}
type ServerParameters struct {
	MaxConnectionIdle, MaxConnectionAge, MaxConnectionAgeGrace, Time, Timeout time.Duration
}
type EnforcementPolicy struct {
	MinTime             time.Duration
	PermitWithoutStream bool
}
