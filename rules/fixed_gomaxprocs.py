"""## What it finds
`runtime.GOMAXPROCS` set to a constant, or from Go 1.25 on to `runtime.NumCPU()`, for the life of
the process.

## What happens under load
From Go 1.25 on the runtime follows the CPU limit of the container and its changes; any call with
a positive number switches that off. A service built for four cores and deployed with a limit of
one runs four threads against a quota of one: it uses 100 ms of quota in 25 ms, and stands still
for the other 75 ms, with every request in flight. `runtime.NumCPU()` is the machine's 64 cores,
whatever the container may use.

## Example
```go
func main() {
        runtime.GOMAXPROCS(4)
        serve()
}
```

## Use instead
Leave it out from Go 1.25 on; before that, `go.uber.org/automaxprocs`. To override it in one
deployment set the environment variable `GOMAXPROCS`.

## When it stays silent
- The old value is kept and set again.
- Zero or a negative number, which only asks.
- A value that comes from a flag, a file or the environment.
- Test files and benchmarks.

## Go versions
All; the message differs from Go 1.25 on.

## Source
Article chapter 5; Go 1.25 release notes, container-aware GOMAXPROCS.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if len(call.args) != 1 or not isinstance(call.parent, ast.ExprStmt):
        return  # who keeps the old value will set it again
    argument = ast.unparen(call.args[0])
    value = view.constant(argument)
    follows = view.go >= (1, 25)
    if isinstance(value, int) and value > 0:
        what = f"GOMAXPROCS is fixed to {value} whatever the container may use"
    elif follows and view.name_of(argument) == "runtime.NumCPU":
        what = "this sets GOMAXPROCS to the machine's cores, not to what the container may use"
    else:
        return
    if any(view.text(other) == view.text(call.fun) for other in _others(call)):
        return
    if follows:
        remedy = "it switches off the default that follows the CPU limit; leave the call out"
    else:
        remedy = "use automaxprocs, or leave it to the environment variable"
    yield Finding(call, f"{what}, and more threads than quota means throttling; {remedy}")


def _others(call: ast.Call) -> Iterator[ast.Expr]:
    """What other calls in the function call."""
    function = ast.enclosing_function(call)
    if function is None:
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and node is not call:
            yield node.fun


RULE = Rule(
    id="GLC909",
    name="fixed-gomaxprocs",
    summary="GOMAXPROCS set to a fixed number",
    severity=Severity.NOTE,
    check=check,
    calls=("runtime.GOMAXPROCS",),
    source="S5",
    tests=False,
    tags=("runtime",),
)
