"""## What it finds
A goroutine for each connection that is accepted, for each item of an open input (a channel, lines,
rows, a request's data), or for each of a hundred turns and more, where each goroutine sleeps 100 ms
or less in a loop of its own.

## What happens under load
Every sleep is a timer in the heap of a processor. 10,000 connections whose goroutines each look
for work every 10 ms make a million timers a second: each insertion and removal moves through a
heap of 10,000, and each expiry wakes a thread to find nothing to do. A profile shows the scheduler
(`runtime.schedule`, `checkTimers`) where the work should be, and latency grows with the number of
clients though none of them does anything.

## Example
```go
for {
        conn, err := listener.Accept()
        ...
        go func() {
                for !session.closed() {
                        session.flush(conn)
                        time.Sleep(10 * time.Millisecond)
                }
        }()
}
```

## Use instead
Wait for the event itself, on a channel or a condition; or let one ticker serve all of them.
```go
        go func() {
                for range session.dirty { // sent to by whoever has written
                        session.flush(conn)
                }
        }()
```

## When it stays silent
- The loop that starts the goroutines goes over a slice or a map, or counts to a number that is not
  constant: that is mostly a handful of peers or workers.
- Something limits how many of them run at once: a semaphore, `SetLimit`, a wait on each turn.
- The sleep is longer than 100 ms or not constant, or its loop ends after at most 20 turns, as
  that of a retry does.
- The sleep stands where an error is dealt with, or in a function that is out of sight.
- Test files.

## Go versions
All.

## Source
Article chapter 4.3 (the timer heap under high concurrency).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import limits, loops
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.naps import naps
from golint_concurrency.syntax import ast

MANY = 100


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    around = ast.enclosing_loops(statement)
    call = statement.call
    if not around or not isinstance(call, ast.Call):
        return
    loop = next((loop for loop in around if _is_many(view, loop)), None)
    if loop is None:
        return
    target = target_at(view.scope, call.fun)
    nap = naps(target) if target is not None else None
    if nap is None or target is None:
        return
    if any(limits.is_limited(view.scope, each, statement, target) for each in around):
        return
    related = [
        Related(view.range(loop.start, loop.body.start), "started on each turn of this loop")
    ]
    if nap.info.scope is view.scope:
        related.append(view.related(nap.call, "each of them sleeps here, over and over"))
    yield Finding(
        statement,
        "each goroutine that this loop starts wakes up again and again from a short sleep, so "
        "timers and idle wake-ups grow with their number; wait for the event on a channel, or let "
        "one ticker serve all of them",
        tuple(related),
        span=view.head(statement),
    )


def _is_many(view: View, loop: ast.For | ast.Range) -> bool:
    """True if the loop takes clients or items of an open input, or makes a hundred turns."""
    turns = loops.bound(view.scope, loop)
    if turns is not None:
        return turns >= MANY
    return limits.takes_peers(loop) or limits.open_input(view.scope, loop) is not None


RULE = Rule(
    id="GLC406",
    name="short-sleep-fan-out",
    summary="many goroutines that each sleep shortly in a loop",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Go,),
    needs=(b"for ",),
    source="S4.3",
    tests=False,
    tags=("timers", "goroutines"),
)
