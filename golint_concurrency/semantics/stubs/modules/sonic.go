//glc:package github.com/bytedance/sonic
package sonic

import (
	"io"
)

type Config struct {
	EscapeHTML, SortMapKeys, UseInt64, UseNumber, DisallowUnknownFields, CopyString, ValidateString bool
}
type API interface {
	MarshalToString(interface{}) (string, error)
	Marshal(interface{}) ([]byte, error)
	UnmarshalFromString(string, interface{}) error
	Unmarshal([]byte, interface{}) error
	NewEncoder(io.Writer) Encoder
	NewDecoder(io.Reader) Decoder
	Valid([]byte) bool
}
type Encoder interface {
	Encode(interface{}) error
	SetIndent(string, string)
}
type Decoder interface {
	Decode(interface{}) error
	Buffered() io.Reader
	DisallowUnknownFields()
	More() bool
	UseNumber()
}

func (Config) Froze() API

var ConfigDefault, ConfigStd, ConfigFastest API

func Marshal(interface{}) ([]byte, error)
func MarshalString(interface{}) (string, error)
func MarshalIndent(interface{}, string, string) ([]byte, error)
func Unmarshal([]byte, interface{}) error
func UnmarshalString(string, interface{}) error
func Valid([]byte) bool
