"""## What it finds
A loop that asks for a condition, sleeps, and asks again, with nothing that ends it but the
condition: no context, no channel, no clock and no count of turns.

## What happens under load
What waits learns of the change late, and not at all if it never comes. A handler that polls a
flag every 10 ms while a backend is down keeps each of 500 requests a second as a goroutine that
wakes 100 times a second: after a minute 30,000 goroutines make 3 million wake-ups a second.

## Example
```go
for !ready() {
        time.Sleep(10 * time.Millisecond)
}
```

## Use instead
```go
select {
case <-readyCh: // closed by what gets ready
case <-ctx.Done():
        return ctx.Err()
}
```

## When it stays silent
- A context is in scope, which other rules look after.
- The turns are counted or compared with a number or a time, or the loop has a known bound.
- The loop sends, receives, or selects: something else can end it.
- The loop tests nothing and goes on for ever, or until its work fails: periodic work, not a wait.
- The sleep is in a branch of the loop, or grows: a back-off.
- `main`, `init`, and what runs once in the life of the process.
- Test files.

## Go versions
All.

## Source
Article chapters 1 and 4.3 (timers under high concurrency).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts, durations, loops
from golint_concurrency.semantics.cfg_queries import is_error_test
from golint_concurrency.semantics.endless import lives_with_process
from golint_concurrency.syntax import ast

_ORDER = frozenset(["<", ">", "<=", ">="])
_CLOCK = frozenset(["Now", "Since", "Until", "Before", "After", "Done", "Err", "Wait", "Deadline"])


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    line = call.parent
    block = line.parent if isinstance(line, ast.ExprStmt) else None
    loop = block.parent if isinstance(block, ast.Block) else None
    if not isinstance(loop, ast.For) or loop.body is not block or len(call.args) != 1:
        return
    if loop.init is not None or loop.post is not None or _otherwise_ended(loop):
        return
    if durations.length(view.scope, call.args[0]) is None or not _polls(loop):
        return
    if loops.bound(view.scope, loop) is not None:
        return
    if contexts.in_scope(view.scope, call) is not None or lives_with_process(view.scope, call):
        return
    yield Finding(
        call,
        "this loop sleeps and asks again without a limit, so what waits here piles up, each "
        "waking on every turn, while the condition does not come; wait on a channel that is "
        "closed when it does, together with a context",
        (view.related(loop.cond or loop.body.stmts[0], "it waits for this"),),
    )


def _polls(loop: ast.For) -> bool:
    """True if the loop does nothing but test and sleep: `for !ready()`, or a loop without a
    condition of which one `if` leaves."""
    stmts = loop.body.stmts
    if loop.cond is not None:
        return len(stmts) == 1 and not isinstance(ast.unparen(loop.cond), ast.Ident)
    if len(stmts) != 2 or not isinstance(stmts[0], ast.If) or stmts[0].orelse is not None:
        return False
    if is_error_test(stmts[0].cond, True):
        return False  # goes on while all is well: a heartbeat
    last = stmts[0].then.stmts[-1] if stmts[0].then.stmts else None
    return isinstance(last, ast.Return) or (isinstance(last, ast.Branch) and last.op == "break")


def _otherwise_ended(loop: ast.For) -> bool:
    for node in ast.walk(loop):
        if isinstance(node, ast.Send | ast.Select | ast.IncDec | ast.BadStmt | ast.BadExpr):
            return True
        if isinstance(node, ast.Unary) and node.op == "<-":
            return True
        if isinstance(node, ast.Binary) and node.op in _ORDER:
            return True
        if isinstance(node, ast.Selector) and node.sel.name in _CLOCK:
            return True
    return False


RULE = Rule(
    id="GLC404",
    name="sleep-polling",
    summary="loop that polls a condition and sleeps, without a limit",
    severity=Severity.NOTE,
    check=check,
    calls=("time.Sleep",),
    needs=(b'"time"', b"for "),
    source="S1, S4.3",
    tests=False,
    tags=("timers",),
)
