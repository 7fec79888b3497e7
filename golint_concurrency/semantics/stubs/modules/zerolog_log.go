//glc:package github.com/rs/zerolog/log
package log

import (
	"context"
	"io"

	"github.com/rs/zerolog"
)

var Logger zerolog.Logger

func Output(io.Writer) zerolog.Logger
func With() zerolog.Context
func Level(zerolog.Level) zerolog.Logger
func Ctx(context.Context) *zerolog.Logger
func Trace() *zerolog.Event
func Debug() *zerolog.Event
func Info() *zerolog.Event
func Warn() *zerolog.Event
func Error() *zerolog.Event
func Log() *zerolog.Event
func Fatal() *zerolog.Event
func Panic() *zerolog.Event
func Err(error) *zerolog.Event
func WithLevel(zerolog.Level) *zerolog.Event
func Print(...interface{})
func Printf(string, ...interface{})
