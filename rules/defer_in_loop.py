"""## What it finds
`defer` directly in the body of a loop without known bound: the call runs when the function ends,
not when the turn does.

## What happens under load
Every turn holds what it opened until the loop is over. A worker that imports 10,000 files holds
10,000 descriptors, ten times the usual limit of 1,024, and fails in the middle; one that retries
with a timeout of its own on every attempt keeps the timers of all attempts. In a loop that never
ends nothing is released at all.

## Example
```go
for _, name := range names {
        file, err := os.Open(name)
        if err != nil {
                return err
        }
        defer file.Close()
        ...
}
```

## Use instead
```go
for _, name := range names {
        if err := load(name); err != nil { // opens, defers Close, returns
                return err
        }
}
```

## When it stays silent
- The loop has a constant bound (GLC802 counts those), or leaves in the turn that defers.
- What the turn opens is also kept outside of the loop, or given to a pool of goroutines: it is
  meant to live on. So is one of many locks (`cache.Unlock(key)`).
- A transaction that the turn commits: its deferred Rollback holds nothing then.
- Rows that the turn reads to their end: their connection has gone back by then.
- What is to be undone at the end of it all: `stop := context.AfterFunc(ctx, f)`, and functions named
  reset, restore, undo or revert that the turn was given.
- Work that is to come last (`defer config.apply(made)`) gives nothing back.
- Nothing that the deferred call mentions was made in the turn.
- The defer stands in a closure that ends on every turn.
- One turn at most gets there: a select case for a timer that is started before the loop.
- It is only a note for `defer cancel()`, since a context and its timer are little to hold, and for a
  call whose name does not say that it gives anything back.
- The function never returns: GLC804 speaks there. Test files.

## Go versions
All.

## Fix
Unsafe, because the calls run earlier: wraps the body in a function that is called at once. Offered
where nothing in the body leaves the loop or the function.

## Source
Article chapter 3.2 (defers that pile up); linters such as gocritic's deferInLoop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.defers import pending
from golint_concurrency.semantics.flow import never_returns
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.nesting import may_defer_in_loop

GIVES_BACK = re.compile(
    r"(?i)close|unlock|rollback|commit|stop|done|cancel|release|return|remove|delete|free|clean|"
    r"end|finish|disconnect|shutdown|put|unsubscribe|destroy|abort|exit|kill|quit|drop|leave|"
    r"detach|dispose|flush|unmount|wait|reset"
)


def check(view: View, stmt: ast.Defer) -> Iterator[Finding]:
    info = view.function_of(stmt)
    if info is None or not ast.enclosing_loops(stmt) or never_returns(info):
        return
    for deferred, loop in pending(info).open_loops:
        if deferred is stmt:
            head = Span(view.path, loop.start, loop.body.start)
            fix = _fix(view, stmt, loop)
            yield Finding(
                stmt,
                "this runs when the function ends, not when the turn does, so every turn holds "
                "what it opened until the loop is over; move the body into a function of its own",
                (Related(head, "this loop"),),
                fixes=(fix,) if fix is not None else (),
                severity=Severity.NOTE if _holds_little(view, stmt) else None,
                span=view.head(stmt),
            )


def _holds_little(view: View, stmt: ast.Defer) -> bool:
    """True for `defer cancel()`, since a context and its timer are little to hold, and for a call
    whose name does not say that it gives anything back."""
    call = stmt.call
    if not isinstance(call, ast.Call):
        return False
    if is_named(view.type_of(call.fun), "context.CancelFunc", "context.CancelCauseFunc"):
        return True
    name = ast.called_name(call.fun)
    return bool(name) and GIVES_BACK.search(name) is None


def _fix(view: View, stmt: ast.Defer, loop: ast.For | ast.Range) -> Fix | None:
    body = loop.body
    if stmt.parent is not body or not body.stmts:
        return None
    for node in ast.walk_function(body):
        if isinstance(node, ast.Return | ast.Branch | ast.Labeled):
            return None
        if isinstance(node, ast.BasicLit) and "\n" in view.text(node):
            return None  # a raw string over several lines must not be indented
    content = view.scope.file.content
    first = content.find(b"\n", body.start)
    last = content.rfind(b"\n", body.start, body.end)
    if first < 0 or last <= first or content[first + 1 : last + 1].find(b"/*") >= 0:
        return None
    indent = view.indent(loop)
    edits: list[Edit] = [view.insert(first, f"\n{indent}\tfunc() {{")]
    at = first + 1
    while at <= last:
        if content[at : at + 1] not in (b"\n", b"\r"):
            edits.append(view.insert(at, "\t"))
        at = content.find(b"\n", at) + 1
    edits.append(view.insert(last, f"\n{indent}\t}}()"))
    return Fix("run the body in a function of its own", tuple(edits), safe=False)


RULE = Rule(
    id="GLC801",
    name="defer-in-loop",
    summary="defer in a loop waits for the end of the function",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Defer,),
    needs=(b"for",),
    wakes=lambda _scope, decl: may_defer_in_loop(decl),
    source="S3.2, P",
    fix="unsafe",
    tests=False,
    tags=("defer",),
)
