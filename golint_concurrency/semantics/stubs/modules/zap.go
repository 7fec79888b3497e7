//glc:package go.uber.org/zap
package zap

import (
	"log"
	"time"

	"go.uber.org/zap/zapcore"
)

type Field = zapcore.Field
type Option interface{}
type AtomicLevel struct{}

func NewAtomicLevel() AtomicLevel
func NewAtomicLevelAt(zapcore.Level) AtomicLevel
func (AtomicLevel) SetLevel(zapcore.Level)
func (AtomicLevel) Level() zapcore.Level

type Config struct {
	Level                                         AtomicLevel
	Development, DisableCaller, DisableStacktrace bool
	Encoding                                      string
	EncoderConfig                                 zapcore.EncoderConfig
	OutputPaths, ErrorOutputPaths                 []string
	InitialFields                                 map[string]interface{}
}

func NewProductionConfig() Config
func NewDevelopmentConfig() Config
func NewProductionEncoderConfig() zapcore.EncoderConfig
func NewDevelopmentEncoderConfig() zapcore.EncoderConfig
func (Config) Build(...Option) (*Logger, error)

type Logger struct{}

func New(zapcore.Core, ...Option) *Logger
func NewNop() *Logger
func L() *Logger
func S() *SugaredLogger
func NewProduction(...Option) (*Logger, error)
func NewDevelopment(...Option) (*Logger, error)
func NewExample(...Option) *Logger
func Must(*Logger, error) *Logger
func ReplaceGlobals(*Logger) func()
func RedirectStdLog(*Logger) func()
func NewStdLog(*Logger) *log.Logger
func (*Logger) Sugar() *SugaredLogger
func (*Logger) Named(string) *Logger
func (*Logger) WithOptions(...Option) *Logger
func (*Logger) With(...Field) *Logger
func (*Logger) WithLazy(...Field) *Logger
func (*Logger) Level() zapcore.Level
func (*Logger) Debug(string, ...Field)
func (*Logger) Info(string, ...Field)
func (*Logger) Warn(string, ...Field)
func (*Logger) Error(string, ...Field)
func (*Logger) DPanic(string, ...Field)
func (*Logger) Panic(string, ...Field)
func (*Logger) Fatal(string, ...Field)
func (*Logger) Log(zapcore.Level, string, ...Field)
func (*Logger) Sync() error
func (*Logger) Core() zapcore.Core

type SugaredLogger struct{}

func (*SugaredLogger) Desugar() *Logger
func (*SugaredLogger) Named(string) *SugaredLogger
func (*SugaredLogger) With(...interface{}) *SugaredLogger
func (*SugaredLogger) Debug(...interface{})
func (*SugaredLogger) Info(...interface{})
func (*SugaredLogger) Warn(...interface{})
func (*SugaredLogger) Error(...interface{})
func (*SugaredLogger) DPanic(...interface{})
func (*SugaredLogger) Debugln(...interface{})
func (*SugaredLogger) Infoln(...interface{})
func (*SugaredLogger) Warnln(...interface{})
func (*SugaredLogger) Errorln(...interface{})
func (*SugaredLogger) Debugf(string, ...interface{})
func (*SugaredLogger) Infof(string, ...interface{})
func (*SugaredLogger) Warnf(string, ...interface{})
func (*SugaredLogger) Errorf(string, ...interface{})
func (*SugaredLogger) DPanicf(string, ...interface{})
func (*SugaredLogger) Debugw(string, ...interface{})
func (*SugaredLogger) Infow(string, ...interface{})
func (*SugaredLogger) Warnw(string, ...interface{})
func (*SugaredLogger) Errorw(string, ...interface{})
func (*SugaredLogger) DPanicw(string, ...interface{})
func (*SugaredLogger) Panic(...interface{})
func (*SugaredLogger) Panicln(...interface{})
func (*SugaredLogger) Panicf(string, ...interface{})
func (*SugaredLogger) Panicw(string, ...interface{})
func (*SugaredLogger) Fatal(...interface{})
func (*SugaredLogger) Fatalln(...interface{})
func (*SugaredLogger) Fatalf(string, ...interface{})
func (*SugaredLogger) Fatalw(string, ...interface{})
func (*SugaredLogger) Sync() error
func AddCaller() Option
func AddCallerSkip(int) Option
func AddStacktrace(zapcore.LevelEnabler) Option
func Fields(...Field) Option
func String(string, string) Field
func Strings(string, []string) Field
func Int(string, int) Field
func Int32(string, int32) Field
func Int64(string, int64) Field
func Uint64(string, uint64) Field
func Float64(string, float64) Field
func Bool(string, bool) Field
func Duration(string, time.Duration) Field
func Time(string, time.Time) Field
func Error(error) Field
func NamedError(string, error) Field
func Any(string, interface{}) Field
func Reflect(string, interface{}) Field
func ByteString(string, []byte) Field
func Binary(string, []byte) Field
func Stack(string) Field
func Namespace(string) Field
func Skip() Field
