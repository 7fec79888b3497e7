//glc:package github.com/sirupsen/logrus
package logrus

import (
	"context"
	"io"
	"time"
)

type Fields map[string]interface{}
type Level uint32

const (
	PanicLevel Level = iota
	FatalLevel
	ErrorLevel
	WarnLevel
	InfoLevel
	DebugLevel
	TraceLevel
)

type Formatter interface {
	Format(*Entry) ([]byte, error)
}
type Hook interface {
	Levels() []Level
	Fire(*Entry) error
}
type JSONFormatter struct {
	TimestampFormat, DataKey      string
	DisableTimestamp, PrettyPrint bool
}

func (*JSONFormatter) Format(*Entry) ([]byte, error)

type TextFormatter struct {
	ForceColors, DisableColors, DisableTimestamp, FullTimestamp bool
	TimestampFormat                                             string
}

func (*TextFormatter) Format(*Entry) ([]byte, error)

type FieldLogger interface {
	WithField(string, interface{}) *Entry
	WithFields(Fields) *Entry
	WithError(error) *Entry
	Debugf(string, ...interface{})
	Infof(string, ...interface{})
	Printf(string, ...interface{})
	Warnf(string, ...interface{})
	Warningf(string, ...interface{})
	Errorf(string, ...interface{})
	Fatalf(string, ...interface{})
	Panicf(string, ...interface{})
	Debug(...interface{})
	Info(...interface{})
	Print(...interface{})
	Warn(...interface{})
	Warning(...interface{})
	Error(...interface{})
	Debugln(...interface{})
	Infoln(...interface{})
	Println(...interface{})
	Warnln(...interface{})
	Warningln(...interface{})
	Errorln(...interface{})
	Fatal(...interface{})
	Fatalln(...interface{})
	Panic(...interface{})
	Panicln(...interface{})
}
type Entry struct {
	Logger  *Logger
	Data    Fields
	Time    time.Time
	Level   Level
	Message string
	Context context.Context
}

func NewEntry(*Logger) *Entry
func (*Entry) WithError(error) *Entry
func (*Entry) WithContext(context.Context) *Entry
func (*Entry) WithField(string, interface{}) *Entry
func (*Entry) WithFields(Fields) *Entry
func (*Entry) WithTime(time.Time) *Entry
func (*Entry) Log(Level, ...interface{})
func (*Entry) Logln(Level, ...interface{})
func (*Entry) Logf(Level, string, ...interface{})
func (*Entry) Trace(...interface{})
func (*Entry) Debug(...interface{})
func (*Entry) Print(...interface{})
func (*Entry) Info(...interface{})
func (*Entry) Warn(...interface{})
func (*Entry) Warning(...interface{})
func (*Entry) Error(...interface{})
func (*Entry) Traceln(...interface{})
func (*Entry) Debugln(...interface{})
func (*Entry) Infoln(...interface{})
func (*Entry) Println(...interface{})
func (*Entry) Warnln(...interface{})
func (*Entry) Warningln(...interface{})
func (*Entry) Errorln(...interface{})
func (*Entry) Tracef(string, ...interface{})
func (*Entry) Debugf(string, ...interface{})
func (*Entry) Infof(string, ...interface{})
func (*Entry) Printf(string, ...interface{})
func (*Entry) Warnf(string, ...interface{})
func (*Entry) Warningf(string, ...interface{})
func (*Entry) Errorf(string, ...interface{})
func (*Entry) Fatal(...interface{})
func (*Entry) Fatalln(...interface{})
func (*Entry) Fatalf(string, ...interface{})
func (*Entry) Panic(...interface{})
func (*Entry) Panicln(...interface{})
func (*Entry) Panicf(string, ...interface{})
func (*Entry) Writer() *io.PipeWriter

type Logger struct {
	Out          io.Writer
	Formatter    Formatter
	ReportCaller bool
	Level        Level
}

func New() *Logger
func StandardLogger() *Logger
func (*Logger) WithError(error) *Entry
func (*Logger) WithContext(context.Context) *Entry
func (*Logger) WithField(string, interface{}) *Entry
func (*Logger) WithFields(Fields) *Entry
func (*Logger) Trace(...interface{})
func (*Logger) Debug(...interface{})
func (*Logger) Print(...interface{})
func (*Logger) Info(...interface{})
func (*Logger) Warn(...interface{})
func (*Logger) Warning(...interface{})
func (*Logger) Error(...interface{})
func (*Logger) Traceln(...interface{})
func (*Logger) Debugln(...interface{})
func (*Logger) Infoln(...interface{})
func (*Logger) Println(...interface{})
func (*Logger) Warnln(...interface{})
func (*Logger) Warningln(...interface{})
func (*Logger) Errorln(...interface{})
func (*Logger) Tracef(string, ...interface{})
func (*Logger) Debugf(string, ...interface{})
func (*Logger) Infof(string, ...interface{})
func (*Logger) Printf(string, ...interface{})
func (*Logger) Warnf(string, ...interface{})
func (*Logger) Warningf(string, ...interface{})
func (*Logger) Errorf(string, ...interface{})
func (*Logger) Fatal(...interface{})
func (*Logger) Fatalln(...interface{})
func (*Logger) Fatalf(string, ...interface{})
func (*Logger) Panic(...interface{})
func (*Logger) Panicln(...interface{})
func (*Logger) Panicf(string, ...interface{})
func (*Logger) Exit(int)
func (*Logger) SetLevel(Level)
func (*Logger) SetFormatter(Formatter)
func (*Logger) SetOutput(io.Writer)
func (*Logger) SetReportCaller(bool)
func (*Logger) AddHook(Hook)
func (*Logger) Writer() *io.PipeWriter
func WithError(error) *Entry
func WithContext(context.Context) *Entry
func WithField(string, interface{}) *Entry
func WithFields(Fields) *Entry
func Trace(...interface{})
func Debug(...interface{})
func Print(...interface{})
func Info(...interface{})
func Warn(...interface{})
func Warning(...interface{})
func Error(...interface{})
func Traceln(...interface{})
func Debugln(...interface{})
func Infoln(...interface{})
func Println(...interface{})
func Warnln(...interface{})
func Warningln(...interface{})
func Errorln(...interface{})
func Tracef(string, ...interface{})
func Debugf(string, ...interface{})
func Infof(string, ...interface{})
func Printf(string, ...interface{})
func Warnf(string, ...interface{})
func Warningf(string, ...interface{})
func Errorf(string, ...interface{})
func Fatal(...interface{})
func Fatalln(...interface{})
func Fatalf(string, ...interface{})
func Panic(...interface{})
func Panicln(...interface{})
func Panicf(string, ...interface{})
func Exit(int)
func SetLevel(Level)
func SetFormatter(Formatter)
func SetOutput(io.Writer)
func SetReportCaller(bool)
func AddHook(Hook)
func ParseLevel(string) (Level, error)
func RegisterExitHandler(func())
