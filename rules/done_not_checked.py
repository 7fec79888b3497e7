"""## What it finds
A loop without known bound, in a function that takes a context, that waits or calls what may wait,
and neither looks at the context nor passes it on.

## What happens under load
The caller cancels and the loop goes on to its end. An import of 50,000 rows at 20 ms each works
for a quarter of an hour after the client has gone; ten retries of the client later ten of them
compete for the same connections.

## Example
```go
func (s *Store) Import(ctx context.Context, rows []Row) error {
        for _, row := range rows {
                if _, err := s.db.Exec(insert, row.ID); err != nil {
                        return err
                }
        }
        return nil
}
```

## Use instead
```go
        for _, row := range rows {
                if _, err := s.db.ExecContext(ctx, insert, row.ID); err != nil {
```

## When it stays silent
- Off unless selected.
- Any mention of a context (or of a request that carries one) in the loop.
- Nothing in the loop is known to wait; a loop of at most ten turns.
- Test files.

## Go versions
All.

## Source
Article chapter 3.3 (contexts that are not consulted).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.blocking import Blocking, direct, may_block
from golint_concurrency.semantics.callgraph import calls_in
from golint_concurrency.semantics.contexts import in_scope
from golint_concurrency.semantics.requests import carries_context
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

WAITS = frozenset(["sleep", "chan", "wait", "http", "net", "dns", "db", "exec", "rpc", "queue"])
SMALL = 10


def check(view: View, loop: ast.For | ast.Range) -> Iterator[Finding]:
    held = in_scope(view.scope, loop)
    if held is None or held.goroutine or held.root or held.local.role != "param":
        return
    turns = loops.bound(view.scope, loop)
    info = view.function_of(loop)
    if info is None or (turns is not None and turns <= SMALL) or _mentions_context(view, loop):
        return
    waits = _waits(info, loop)
    if waits is None:
        return
    yield Finding(
        loop,
        f"this loop waits on every turn and goes on after {held.text} is done, for as long as it "
        f"has turns left; pass {held.text} on, or return when {held.text}.Err() says so",
        (view.related(waits, "it waits here"),),
        span=Span(view.path, loop.start, loop.body.start),
    )


def _mentions_context(view: View, loop: ast.For | ast.Range) -> bool:
    return any(
        isinstance(node, ast.Ident | ast.Selector) and carries_context(view.type_of(node))
        for node in ast.walk(loop)
        if not (isinstance(node, ast.Ident) and _names_field(node))
    )


def _names_field(name: ast.Ident) -> bool:
    return isinstance(name.parent, ast.Selector) and name.parent.sel is name


def _waits(info: FunctionInfo, loop: ast.For | ast.Range) -> ast.Node | None:
    """The first thing in the loop's body that is known to wait."""

    def inside(node: ast.Node) -> bool:
        return node is loop or loop.body.start <= node.start < loop.body.end

    for found in direct(info):
        if inside(found.node) and found.kind in WAITS:
            return found.node
    for site in calls_in(info):
        if site.mode == "call" and site.target is not None and inside(site.call):
            deeper: Blocking | None = may_block(site.target, WAITS, unknown=False)
            if deeper is not None:
                return site.call
    return None


RULE = Rule(
    id="GLC309",
    name="done-not-checked",
    summary="loop that waits and never looks at its context",
    severity=Severity.NOTE,
    check=check,
    on=(ast.For, ast.Range),
    triggers=(b"for",),
    needs=(b"Context", b"for"),
    enabled=False,
    source="S3.3",
    tests=False,
    tags=("context",),
)
