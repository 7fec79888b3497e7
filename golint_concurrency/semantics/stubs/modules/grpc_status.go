//glc:package google.golang.org/grpc/status
package status

import (
	"google.golang.org/grpc/codes"
	istatus "google.golang.org/grpc/internal/status"
)

type Status = istatus.Status

func New(codes.Code, string) *Status
func Newf(codes.Code, string, ...any) *Status
func Error(codes.Code, string) error
func Errorf(codes.Code, string, ...any) error
func FromError(error) (*Status, bool)
func Convert(error) *Status
func FromContextError(error) *Status
func Code(error) codes.Code
