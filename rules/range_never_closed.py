"""## What it finds
A `range` over a channel that nobody ever closes, although all that send on it come to their end:
the loop waits for a next value for ever. Also a goroutine that ranges over a ticker, whose channel
no `Stop` closes.

## What happens under load
Each call leaves the goroutine of the loop behind, with its stack, what it captured and the last
value. A batch job that starts 8 workers and runs every second leaves 28,800 goroutines an hour;
at some 4 kB each and a buffer of 64 kB per worker that is 1.9 GB. If the caller's own goroutine
ranges, the request hangs although the work is done.

## Example
```go
jobs := make(chan job)
for range workers {
        go func() {
                for j := range jobs {
                        handle(j)
                }
        }()
}
for _, j := range batch {
        jobs <- j
}
```

## Use instead
```go
jobs := make(chan job)
defer close(jobs)
```
Whoever sends last closes. With several senders, one more goroutine waits for all of them
(`wg.Wait(); close(results)`).

## When it stays silent
- The channel is stored, passed to or returned to somebody out of sight, who may close it.
- The loop has another way out: `break`, `return`, a panic.
- A sender goes on for ever, or the function that starts it does: then so may the loop.
- The loop is the last thing that `main` does, or nobody sends at all.
- A goroutine that ranges over a ticker, unless the ticker is stopped somewhere, its owner has a
  method such as `Stop`, or the goroutine is started again and again (in a loop, by a request).
- Fields, unless a method such as `Stop` or `Close` ends their owner, or the function that made the
  owner lets go of it. Package variables.
- Test files.

A goroutine that ranges over a ticker is a warning where it belongs to something that ends (it has
a method such as `Stop`, or a constructor makes it, or it is started again and again), else a note.
A worker that is started once in the life of the process is only worth a note: it cannot finish
what is queued when the program is told to stop.

## Go versions
All. `time.Tick` in a goroutine before Go 1.23 is reported by GLC403, with the ticker that leaks.

## Source
Article chapter 1; *Unveiling and Vanquishing Goroutine Leaks* (CGO 2024), "channel iteration
misuse" and "method contract violation".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channels import channel_of
from golint_concurrency.semantics.denote import literal_type
from golint_concurrency.semantics.endless import lives_with_process
from golint_concurrency.semantics.held_channels import field_channel
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.semantics.unclosed import (
    is_to_end,
    only_close_ends,
    outlives_purpose,
    starts_of,
    unclosed,
    unclosed_field,
)
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if isinstance(call.fun, ast.Selector):
        yield from _ticker(view, call)
        return
    yield from _local(view, call)
    yield from _field(view, call)


def _local(view: View, make: ast.Call) -> Iterator[Finding]:
    channel = channel_of(view.scope, make)
    found = unclosed(channel) if channel is not None else None
    if found is None:
        return
    node = report.place_of(view, found.loop)
    if node is None:
        return
    name = found.channel.name or "the channel"
    related = (*report.start_of(view, found.loop.thread), *report.made_at(view, found.channel))
    alone = found.loop.thread is not found.channel.root.thread
    severity = Severity.ERROR
    after = f"nobody closes {name}, so this loop waits for ever once the last value is sent"
    if alone and lives_with_process(view.scope, make):
        severity = Severity.NOTE
        harm = "and cannot finish what is queued when the program stops"
    elif alone:
        harm = "and each call leaves one more goroutine behind"
    else:
        harm = "and so does whoever called"
    yield Finding(
        node.x if isinstance(node, ast.Range) else node,
        f"{after}, {harm}; close({name}) where the last send is done",
        related,
        severity=severity,
    )


def _field(view: View, make: ast.Call) -> Iterator[Finding]:
    pair = make.parent
    literal = pair.parent if isinstance(pair, ast.KeyValue) else None
    if not isinstance(literal, ast.CompositeLit) or not isinstance(pair, ast.KeyValue):
        return
    built = deref(literal_type(view.scope, literal))
    if not isinstance(built, Named) or built.decl is None or not isinstance(pair.key, ast.Ident):
        return
    if built.package is not view.package:
        return
    held = field_channel(view.package, built.decl, pair.key.name)
    found = unclosed_field(view.package, built.decl, held) if held is not None else None
    if found is None or held is None or held.values[0][1] is not make:
        return
    loop, ended = found
    assert isinstance(loop.node, ast.Range)
    here = loop.scope.file is view.scope.file
    related = [view.related(make, "the channel is made here")] if here else []
    if ended.scope.file is view.scope.file:
        word = "this ends its owner" if ended.by else "the owner is used here only, and dropped"
        related.append(view.related(ended.place, word))
    end = f"{built.decl.name}.{ended.by.name} does not close" if ended.by else "nobody closes"
    yield Finding(
        loop.node.x if here else make,
        f"{end} {held.name}, so the goroutine that ranges over it waits for ever, one for each "
        f"{built.decl.name} that is made; close({held.name}) when the owner is done",
        tuple(related),
    )


def _ticker(view: View, call: ast.Call) -> Iterator[Finding]:
    """`for range time.Tick(d)` and `for range ticker.C` in a goroutine."""
    ticker, loop = _loop_over(call)
    function = ast.enclosing_function(loop) if loop is not None else None
    if loop is None or function is None or not only_close_ends(function.info, loop):
        return
    tick = isinstance(call.fun, ast.Selector) and call.fun.sel.name == "Tick"
    if (tick and view.go < (1, 23)) or not outlives_purpose(view.scope, ticker, loop):
        return
    related: list[Related] = []
    starts = starts_of(function.info)
    to_end = any(
        isinstance(start.parent, ast.Go) and is_to_end(scope, start.parent)
        for scope, start in starts
    )
    for scope, start in starts[:1]:
        if scope.file is view.scope.file:
            head = start.fun.type if isinstance(start.fun, ast.FuncLit) else start
            related.append(view.related(head, "the goroutine starts here"))
    yield Finding(
        loop.x,
        "nothing closes the channel of a ticker, not even Stop, so this goroutine never ends and "
        "each start leaves one more behind; select on it and on a quit channel or ctx.Done()",
        tuple(related),
        severity=Severity.WARNING if to_end else Severity.NOTE,
    )


def _loop_over(call: ast.Call) -> tuple[Local | None, ast.Range | None]:
    """The variable that holds what `call` makes, and the loop that ranges over its channel."""
    parent = call.parent
    if isinstance(parent, ast.Range) and parent.x is call:
        return None, parent
    if not isinstance(parent, ast.Assign) or len(parent.lhs) != 1 or parent.op != ":=":
        return None, None
    local = parent.lhs[0].obj if isinstance(parent.lhs[0], ast.Ident) else None
    if not isinstance(local, Local):
        return None, None
    for use in local.uses:
        over: ast.Expr = use
        if isinstance(use.parent, ast.Selector) and use.parent.sel.name == "C":
            over = use.parent
        if isinstance(over.parent, ast.Range) and over.parent.x is over:
            return local, over.parent
    return local, None


RULE = Rule(
    id="GLC202",
    name="range-never-closed",
    summary="loop over a channel that nobody closes",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=("builtin.make", "time.Tick", "time.NewTicker"),
    triggers=(b"make(chan", b"time.Tick(", b"NewTicker("),
    source="S1, U",
    tests=False,
    tags=("channels", "goroutines", "leaks"),
)
