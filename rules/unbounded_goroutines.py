"""## What it finds
A goroutine for each item of an input that has no bound (a channel, rows, lines, messages that are
read, the data of a request), with nothing that limits how many run at once.

## What happens under load
The input is faster than the work, or the backend stalls. A consumer of 5,000 messages a second
whose handler needs two seconds of a slow database holds 10,000 goroutines; when the database
stalls for a minute it is 300,000: gigabytes of stacks, a connection pool that all of them fight
for, and a process killed by the kernel, which loses every message that it had taken. A request
with a million ids in its body does the same from outside.

## Example
```go
for message := range messages {
        go store(db, message)
}
```

## Use instead
```go
var group errgroup.Group
group.SetLimit(64)
for message := range messages {
        group.Go(func() error { return store(db, message) })
}
```
Or a channel as semaphore, filled before `go` and emptied in a defer of the goroutine, or a fixed
number of workers that range over the channel. A semaphore that the goroutine itself takes limits
the work, but not the goroutines.

## When it stays silent
- The loop has a bound here: a constant, a literal, a slice that no request brought.
- Accept loops of listeners, and what such a loop hands on: peers are limited elsewhere
  (`netutil.LimitListener`).
- Messages of a stream (`Recv`): its peer mostly waits for each answer.
- Something in the loop limits: `SetLimit`, a send to or a receive from a semaphore channel,
  `Acquire`, a rate limiter, a counter that is compared, a look into a map of those that run, a
  join on every turn, a call before the start that waits for a value.
- The goroutine does not work on an item of the loop, or nothing in it is known to wait.
- A group that is a parameter or a field: its limit may be set elsewhere; test files.
- Some condition decides which items get a goroutine.

It is a warning for what is read from a connection, a queue or a file, and a note for a channel and
for what a request holds: who fills these often decides how much there is.

## Go versions
All.

## Source
Article chapters 1 and 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import limits, loops
from golint_concurrency.semantics.blocking import may_block
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

GROUPS = ("golang.org/x/sync/errgroup.Group.Go", "sync.WaitGroup.Go")
WAITS = frozenset(["sleep", "chan", "wait", "http", "net", "dns", "db", "exec", "rpc", "queue"])


def check(view: View, node: ast.Go | ast.Call) -> Iterator[Finding]:
    around = ast.enclosing_loops(node)
    if not around:
        return
    if isinstance(node, ast.Go):
        if not isinstance(node.call, ast.Call):
            return
        fun = node.call.fun
    elif len(node.args) == 1 and not isinstance(node.parent, ast.Go | ast.Defer):
        fun = node.args[0]
    else:
        return
    for loop in around:
        source = limits.open_input(view.scope, loop)
        if source is None or loops.bound(view.scope, loop) is not None:
            continue
        if not limits.works_on_item(loop, node) or not limits.on_each_turn(loop, node):
            return
        target: FunctionInfo | None = target_at(view.scope, fun)
        if target is None or may_block(target, WAITS, unknown=False) is None:
            return
        if any(limits.is_limited(view.scope, each, node, target) for each in around):
            return
        end = fun.type.end if isinstance(fun, ast.FuncLit) else node.end
        head = view.range(loop.start, loop.body.start)
        yield Finding(
            node,
            f"this loop starts a goroutine for each item of {source}, without a limit: when they "
            "wait they pile up as fast as input comes, until memory or connections run out; use "
            "errgroup with SetLimit, a semaphore taken before go, or a fixed number of workers",
            (Related(head, "the loop over input without a bound"),),
            severity=None if source.endswith("()") else Severity.NOTE,
            span=Span(view.path, node.start, end),
        )
        return


RULE = Rule(
    id="GLC104",
    name="unbounded-goroutines",
    summary="a goroutine for each item of an input that has no bound",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Go,),
    calls=GROUPS,
    triggers=(b"go ", b".Go("),
    needs=(b"for ",),
    source="S1, S2.3",
    tests=False,
    tags=("goroutines",),
)
