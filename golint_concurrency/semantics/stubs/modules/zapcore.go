//glc:package go.uber.org/zap/zapcore
package zapcore

import (
	"io"
)

type Level int8

const (
	DebugLevel  Level = -1
	InfoLevel   Level = 0
	WarnLevel   Level = 1
	ErrorLevel  Level = 2
	DPanicLevel Level = 3
	PanicLevel  Level = 4
	FatalLevel  Level = 5
)

func (Level) String() string
func (Level) Enabled(Level) bool

type LevelEnabler interface {
	Enabled(Level) bool
}
type Field struct {
	Key       string
	Integer   int64
	String    string
	Interface interface{}
}
type EncoderConfig struct {
	MessageKey, LevelKey, TimeKey, NameKey, CallerKey, FunctionKey, StacktraceKey string
}
type Encoder interface {
	Clone() Encoder
}
type WriteSyncer interface {
	io.Writer
	Sync() error
}
type Core interface {
	LevelEnabler
	With([]Field) Core
	Sync() error
}

func NewCore(Encoder, WriteSyncer, LevelEnabler) Core
func NewTee(...Core) Core
func NewNopCore() Core
func NewJSONEncoder(EncoderConfig) Encoder
func NewConsoleEncoder(EncoderConfig) Encoder
func AddSync(io.Writer) WriteSyncer
func Lock(WriteSyncer) WriteSyncer
