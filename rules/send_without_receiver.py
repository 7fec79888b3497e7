"""## What it finds
A send or a receive that is certain to block for ever, because nobody can take the other side:
there is no other side at all, it is only started further down, or a buffer is filled beyond its
room before anybody reads.

## What happens under load
The goroutine stops at this statement each time it gets there. In a handler that is one goroutine
for every request, with its connection: 50 requests a second take a file descriptor each, and at a
limit of 1,024 the server refuses new clients after 20 seconds. If every goroutine of the program
waits, the runtime ends it: "all goroutines are asleep - deadlock!".

## Example
```go
func (t *tenant) boot() {
        ready := make(chan struct{})
        ready <- struct{}{}
        go t.announce(ready)
}
```

## Use instead
```go
        ready := make(chan struct{})
        go t.announce(ready)
        ready <- struct{}{}
```
Start the other side first, or make the channel with room for what is sent before anybody reads.

## When it stays silent
- The operation stands in a `select` with another case, or is deferred.
- The channel is stored, passed to or returned to somebody out of sight.
- The other side may have been started before, on any path.
- A test file whose operation stands in a function that is called: tests lead past it on purpose.
- The size of the buffer, or the number of turns of the loop that fills it, is not a constant.
- A receive to which nobody sends, with nothing after it, or of a channel that the statement
  before has made for it: that is how one waits for ever on purpose.

It is a note in a test file: such a test stands still at its first run.

## Go versions
All.

## Source
Article chapter 3.1; *Understanding Real-World Concurrency Bugs in Go* (ASPLOS 2019), chapter 5.1.2;
GCatch (ASPLOS 2021).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channel_balance import Stalled, stalled
from golint_concurrency.semantics.channels import channel_of
from golint_concurrency.syntax import ast


def check(view: View, make: ast.Call) -> Iterator[Finding]:
    channel = channel_of(view.scope, make)
    if channel is None:
        return
    found = stalled(channel)
    if found is None:
        return
    operation = found.operation
    if view.path.endswith("_test.go") and operation.frame is not channel.root:
        return  # a test calls a helper so that it does not come to the operation
    node = report.place_of(view, operation)
    if node is None:
        return
    if isinstance(node, ast.Range):
        node = node.x
    related: list[Related] = [*report.start_of(view, operation.thread)]
    if found.later is not None:
        related.extend(report.start_of(view, found.later.thread))
        there = report.place_of(view, found.later)
        if there is not None:
            there = there.x if isinstance(there, ast.Range) else there
            related.append(view.related(there, "the other side, which comes too late"))
    yield Finding(
        node,
        _message(found, channel.name, channel.capacity),
        (*related, *report.made_at(view, channel)),
        severity=Severity.NOTE if view.in_test else None,
    )


def _message(found: Stalled, name: str, capacity: int | None) -> str:
    name = name or "this channel"
    if found.operation.kind == "send":
        if found.later is None:
            return (
                f"nothing receives from {name}, so this send blocks its goroutine for ever; "
                "receive from it, or leave the send out"
            )
        if capacity:
            return (
                f"{name} is full here and its receiver only comes later, so this send blocks for "
                "ever; make room for all that is sent before, or start the receiver first"
            )
        return (
            f"the receiver of {name} is only started after this send, which blocks for ever; "
            "start the receiver first"
        )
    if found.later is None:
        return (
            f"nothing sends on {name} or closes it, so this receive blocks its goroutine for ever; "
            f"close({name}) where the work ends (defer close({name}))"
        )
    return (
        f"whoever sends on {name} or closes it is only started after this receive, which blocks "
        "for ever; start the sender first"
    )


RULE = Rule(
    id="GLC203",
    name="send-without-receiver",
    summary="send or receive that nobody can take the other side of",
    severity=Severity.ERROR,
    check=check,
    calls=("builtin.make",),
    triggers=(b"make(chan",),
    needs=(b"<-",),
    source="S3.1",
    tags=("channels", "leaks"),
)
