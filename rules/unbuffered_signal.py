"""## What it finds
`signal.Notify` that is given an unbuffered channel.

## What happens under load
The runtime never waits for a signal's receiver: if nobody receives at that very moment, the signal
is dropped. A server that is busy accepting 5,000 connections a second, or still sets itself up,
misses its SIGTERM, keeps taking traffic for the 30 seconds of grace that the orchestrator gives
it, and is then killed with every request it holds.

## Example
```go
stop := make(chan os.Signal)
signal.Notify(stop, syscall.SIGTERM)
<-stop
```

## Use instead
```go
stop := make(chan os.Signal, 1)
signal.Notify(stop, syscall.SIGTERM)
<-stop
```
One place is enough for one kind of signal: a second SIGTERM says nothing new.

## When it stays silent
- The channel has a buffer, whatever its size, or the size is not a constant.
- Some value that the channel variable can hold is out of sight.
- The channel is made in the call itself: nobody can receive, the signal is only to be dropped.

## Go versions
All.

## Fix
Safe: gives the channel a buffer of one.

## Source
go vet's sigchanyzer; documentation of package os/signal. This rule also follows channels through
variables, fields and parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channel_values import Made, makes_of
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if not call.args or (call.spread and len(call.args) == 1):
        return
    if isinstance(ast.unparen(call.args[0]), ast.Call):
        return  # made in place: nobody can receive, so the signal is to be dropped
    made = makes_of(view.scope, call.args[0])
    if not made:
        return
    unbuffered = [item for item in made if item.capacity == 0]
    if not unbuffered:
        return
    here = [item for item in unbuffered if item.scope is view.scope]
    related = tuple(view.related(item.call, "made here, with no buffer") for item in here)
    edits = tuple(_edit(view, item) for item in here)
    yield Finding(
        call,
        "a signal that comes while nobody receives from this unbuffered channel is dropped, so a "
        "busy server misses its order to stop; make the channel with a buffer: "
        "make(chan os.Signal, 1)",
        related,
        fixes=(Fix("give the channel a buffer of one", edits),)
        if len(here) == len(unbuffered)
        else (),
    )


def _edit(view: View, made: Made) -> Edit:
    call = made.call
    if len(call.args) > 1:
        return view.replace(call.args[1], "1")
    return view.insert(call.args[0].end, ", 1")


RULE = Rule(
    id="GLC208",
    name="unbuffered-signal",
    summary="signal.Notify drops signals when its channel has no buffer",
    severity=Severity.WARNING,
    check=check,
    calls=("os/signal.Notify",),
    needs=(b'"os/signal"',),
    source="P",
    fix="safe",
    tags=("channels", "signals"),
)
