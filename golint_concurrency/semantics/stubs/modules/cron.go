//glc:package github.com/robfig/cron/v3
package cron

import (
	"context"
)

type EntryID int
type Job interface {
	Run()
}
type FuncJob func()

func (FuncJob) Run()

type Option func(*Cron)
type Cron struct{}

func New(...Option) *Cron
func (*Cron) AddFunc(string, func()) (EntryID, error)
func (*Cron) AddJob(string, Job) (EntryID, error)
func (*Cron) Remove(EntryID)
func (*Cron) Start()
func (*Cron) Run()
func (*Cron) Stop() context.Context
func WithSeconds() Option
