//glc:package gorm.io/driver/postgres
package postgres

import (
	"gorm.io/gorm"
)

type Config struct {
	DriverName, DSN                                             string
	WithoutQuotingCheck, PreferSimpleProtocol, WithoutReturning bool
	Conn                                                        gorm.ConnPool
}
type Dialector struct {
	*Config
}

func Open(string) gorm.Dialector
func New(Config) gorm.Dialector
func (Dialector) Name() string
func (Dialector) Initialize(*gorm.DB) error
