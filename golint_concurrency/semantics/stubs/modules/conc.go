//glc:package github.com/sourcegraph/conc
package conc

import (
	"github.com/sourcegraph/conc/panics"
)

type WaitGroup struct{}

func NewWaitGroup() *WaitGroup
func (*WaitGroup) Go(func())
func (*WaitGroup) Wait()
func (*WaitGroup) WaitAndRecover() *panics.Recovered
