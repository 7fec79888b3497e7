//glc:package github.com/golang/glog
package glog

type Level int32
type Verbose bool

func V(Level) Verbose
func (Verbose) Info(...any)
func (Verbose) Infoln(...any)
func (Verbose) Infof(string, ...any)
func Info(...any)
func Infoln(...any)
func Warning(...any)
func Warningln(...any)
func Error(...any)
func Errorln(...any)
func Infof(string, ...any)
func Warningf(string, ...any)
func Errorf(string, ...any)
func Fatal(...any)
func Fatalln(...any)
func Exit(...any)
func Exitln(...any)
func Fatalf(string, ...any)
func Exitf(string, ...any)
func Flush()
