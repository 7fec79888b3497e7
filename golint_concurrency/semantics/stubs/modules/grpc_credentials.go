//glc:package google.golang.org/grpc/credentials
package credentials

import (
	"crypto/tls"
)

type TransportCredentials interface {
	OverrideServerName(string) error
	Clone() TransportCredentials
}

func NewTLS(*tls.Config) TransportCredentials
func NewClientTLSFromFile(string, string) (TransportCredentials, error)
func NewServerTLSFromFile(string, string) (TransportCredentials, error)
