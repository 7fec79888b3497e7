//glc:package google.golang.org/grpc/credentials/insecure
package insecure

import (
	"google.golang.org/grpc/credentials"
)

func NewCredentials() credentials.TransportCredentials
