//glc:package github.com/spf13/cobra
package cobra

import (
	"context"
	"io"

	"github.com/spf13/pflag"
)

type PositionalArgs func(*Command, []string) error
type Command struct {
	Use, Short, Long, Example, Version                             string
	Aliases, ValidArgs                                             []string
	Args                                                           PositionalArgs
	PersistentPreRun, PreRun, Run, PostRun, PersistentPostRun      func(*Command, []string)
	PersistentPreRunE, PreRunE, RunE, PostRunE, PersistentPostRunE func(*Command, []string) error
	SilenceErrors, SilenceUsage, Hidden                            bool
}

func (*Command) Execute() error
func (*Command) ExecuteContext(context.Context) error
func (*Command) ExecuteC() (*Command, error)
func (*Command) ExecuteContextC(context.Context) (*Command, error)
func (*Command) Context() context.Context
func (*Command) SetContext(context.Context)
func (*Command) AddCommand(...*Command)
func (*Command) Flags() *pflag.FlagSet
func (*Command) PersistentFlags() *pflag.FlagSet
func (*Command) MarkFlagRequired(string) error
func (*Command) Help() error
func (*Command) Usage() error
func (*Command) SetArgs([]string)
func (*Command) OutOrStdout() io.Writer
func (*Command) ErrOrStderr() io.Writer
func (*Command) Name() string
func (*Command) Root() *Command
func (*Command) Parent() *Command
func (*Command) Print(...interface{})
func (*Command) Println(...interface{})
func (*Command) Printf(string, ...interface{})
func CheckErr(interface{})
func OnInitialize(...func())
func ExactArgs(int) PositionalArgs
func MinimumNArgs(int) PositionalArgs
func MaximumNArgs(int) PositionalArgs
func RangeArgs(int, int) PositionalArgs
func NoArgs(*Command, []string) error
func ArbitraryArgs(*Command, []string) error
