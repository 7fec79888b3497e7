//glc:package github.com/rs/zerolog
package zerolog

import (
	"context"
	"io"
	"time"
)

type Level int8

const (
	DebugLevel Level = iota
	InfoLevel
	WarnLevel
	ErrorLevel
	FatalLevel
	PanicLevel
	NoLevel
	Disabled
	TraceLevel Level = -1
)

type Logger struct{}
type Context struct{}
type Event struct{}
type Hook interface {
	Run(*Event, Level, string)
}
type ConsoleWriter struct {
	Out        io.Writer
	NoColor    bool
	TimeFormat string
}

func New(io.Writer) Logger
func Nop() Logger
func Ctx(context.Context) *Logger
func SetGlobalLevel(Level)
func GlobalLevel() Level
func ParseLevel(string) (Level, error)
func (Logger) Output(io.Writer) Logger
func (Logger) With() Context
func (Logger) Level(Level) Logger
func (Logger) GetLevel() Level
func (Logger) Hook(...Hook) Logger
func (Logger) WithContext(context.Context) context.Context
func (*Logger) Trace() *Event
func (*Logger) Debug() *Event
func (*Logger) Info() *Event
func (*Logger) Warn() *Event
func (*Logger) Error() *Event
func (*Logger) Log() *Event
func (*Logger) Fatal() *Event
func (*Logger) Panic() *Event
func (*Logger) Err(error) *Event
func (*Logger) WithLevel(Level) *Event
func (*Logger) UpdateContext(func(Context) Context)
func (*Logger) Print(...interface{})
func (*Logger) Printf(string, ...interface{})
func (Context) Logger() Logger
func (Context) Str(string, string) Context
func (Context) Int(string, int) Context
func (Context) Bool(string, bool) Context
func (Context) Err(error) Context
func (Context) Timestamp() Context
func (Context) Caller() Context
func (Context) Stack() Context
func (Context) Interface(string, interface{}) Context
func (Context) Dur(string, time.Duration) Context
func (*Event) Enabled() bool
func (*Event) Discard() *Event
func (*Event) Msg(string)
func (*Event) Msgf(string, ...interface{})
func (*Event) Send()
func (*Event) Str(string, string) *Event
func (*Event) Strs(string, []string) *Event
func (*Event) Bytes(string, []byte) *Event
func (*Event) Err(error) *Event
func (*Event) AnErr(string, error) *Event
func (*Event) Bool(string, bool) *Event
func (*Event) Int(string, int) *Event
func (*Event) Int64(string, int64) *Event
func (*Event) Uint64(string, uint64) *Event
func (*Event) Float64(string, float64) *Event
func (*Event) Time(string, time.Time) *Event
func (*Event) Dur(string, time.Duration) *Event
func (*Event) Interface(string, interface{}) *Event
func (*Event) Any(string, interface{}) *Event
func (*Event) Fields(interface{}) *Event
func (*Event) Ctx(context.Context) *Event
func (*Event) Stack() *Event
func (*Event) Timestamp() *Event
