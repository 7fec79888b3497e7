//glc:package gorm.io/driver/sqlite
package sqlite

import (
	"gorm.io/gorm"
)

type Config struct {
	DriverName, DSN string
	Conn            gorm.ConnPool
}
type Dialector struct {
	DriverName, DSN string
	Conn            gorm.ConnPool
}

func Open(string) gorm.Dialector
func New(Config) gorm.Dialector
func (Dialector) Name() string
func (Dialector) Initialize(*gorm.DB) error
