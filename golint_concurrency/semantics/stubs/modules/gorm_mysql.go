//glc:package gorm.io/driver/mysql
package mysql

import (
	"gorm.io/gorm"
)

type Config struct {
	DriverName, ServerVersion, DSN                      string
	Conn                                                gorm.ConnPool
	SkipInitializeWithVersion, DisableDatetimePrecision bool
	DefaultStringSize                                   uint
}
type Dialector struct {
	*Config
}

func Open(string) gorm.Dialector
func New(Config) gorm.Dialector
func (Dialector) Name() string
func (Dialector) Initialize(*gorm.DB) error
