"""## What it finds
A goroutine that does not send as many values as its starter takes: it sends an error and then goes
on to the normal send, or it returns on one branch without the send that the starter waits for.

## What happens under load
One send too many blocks the goroutine, one too few its starter. It happens on the branch that is
rare in tests: with 1 % of declined cards at 300 payments a second, three goroutines a second stay
behind, 260,000 a day.

## Example
```go
        out := make(chan receipt)
        go func() {
                id, err := authorize(card)
                if err != nil {
                        out <- receipt{err: err}
                }
                out <- receipt{id: id}
        }()
        return <-out
```

## Use instead
```go
                if err != nil {
                        out <- receipt{err: err}
                        return
                }
                out <- receipt{id: id}
```
Send once on every path; a deferred send, or a result struct that holds value and error, keeps that
true when branches are added.

## When it stays silent
- The channel is closed, or the receiver ranges over it: then the number need not be fixed.
- The receive or the send stands in a `select` with another case (GLC201 looks at those).
- The sends or receives stand in loops whose turns cannot be told to be the same.
- The receiver takes the value only on some paths after it has started the sender.
- The channel is stored, passed to or returned to somebody out of sight.

## Go versions
All.

## Source
*Unveiling and Vanquishing Goroutine Leaks* (CGO 2024), "double send"; *Understanding Real-World
Concurrency Bugs in Go* (ASPLOS 2019), missing send.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channel_balance import Unbalanced, unbalanced
from golint_concurrency.semantics.channels import channel_of, views_of
from golint_concurrency.syntax import ast


def check(view: View, make: ast.Call) -> Iterator[Finding]:
    channel = channel_of(view.scope, make)
    if channel is None or channel.capacity is None:
        return
    for seen in views_of(channel):
        found = unbalanced(seen)
        if found is None:
            continue
        node = report.place_of(view, found.operation)
        if node is None:
            continue
        yield Finding(
            node,
            _message(found, seen.name or "the channel"),
            (
                *report.start_of(view, found.sender),
                *_other_side(view, found),
                *report.made_at(view, seen),
            ),
            report.path_steps(view, found.sender.top, found.path) if found.path else (),
        )
        return


def _other_side(view: View, found: Unbalanced) -> tuple[Related, ...]:
    path = found.path
    if path is None or path.exit is None or not report.here(view, found.sender.top):
        return ()
    node = path.exit.node
    if node is None:
        return ()
    return (view.related(node, "the goroutine returns here without a send"),)


def _message(found: Unbalanced, name: str) -> str:
    if found.path is not None:
        return (
            f"a goroutine that was started for this receive can end without sending on {name}, "
            "which then blocks here for ever; send on every path, or close the channel"
        )
    values = "one value is" if found.taken == 1 else f"{found.taken} values are"
    return (
        f"only {values} taken from {name} and an earlier send can have used that up, so this "
        "send blocks its goroutine for ever; return after the earlier send, or send once"
    )


RULE = Rule(
    id="GLC210",
    name="receive-only-on-success",
    summary="goroutine sends more or fewer values than are received",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=("builtin.make",),
    triggers=(b"make(chan",),
    needs=(b"<-",),
    source="U, A",
    tests=False,
    tags=("channels", "leaks"),
)
