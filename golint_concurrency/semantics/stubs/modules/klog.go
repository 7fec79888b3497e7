//glc:package k8s.io/klog/v2
package klog

import (
	"flag"
)

type Level int32
type Verbose struct{}

func V(Level) Verbose
func (Verbose) Enabled() bool
func (Verbose) Info(...interface{})
func (Verbose) Infoln(...interface{})
func (Verbose) Infof(string, ...interface{})
func (Verbose) InfoS(string, ...interface{})
func Info(...interface{})
func Infoln(...interface{})
func Warning(...interface{})
func Warningln(...interface{})
func Error(...interface{})
func Errorln(...interface{})
func Infof(string, ...interface{})
func Warningf(string, ...interface{})
func Errorf(string, ...interface{})
func InfoS(string, ...interface{})
func ErrorS(error, string, ...interface{})
func Fatal(...interface{})
func Fatalln(...interface{})
func Exit(...interface{})
func Exitln(...interface{})
func Fatalf(string, ...interface{})
func Exitf(string, ...interface{})
func FatalDepth(int, ...interface{})
func ExitDepth(int, ...interface{})
func Flush()
func InitFlags(*flag.FlagSet)
