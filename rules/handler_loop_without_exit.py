"""## What it finds
A loop without condition in request code that nothing leaves: no return, no `break` out of it, no
look at the context of the request, no panic.

## What happens under load
The client closes its tab, the handler goes on. Each request that ever came in keeps a goroutine, a
connection with its buffers (about 10 KB for HTTP/1, a stream for HTTP/2) and whatever the handler
holds; with 50 new viewers a second of a price stream, 180,000 of them are there after an hour. A
graceful shutdown waits for all of them and never ends.

## Example
```go
func (t *ticker) stream(w http.ResponseWriter, r *http.Request) {
        for {
                fmt.Fprintf(w, "data: %s\n\n", <-t.prices)
        }
}
```

## Use instead
```go
func (t *ticker) stream(w http.ResponseWriter, r *http.Request) {
        for {
                select {
                case price := <-t.prices:
                        if _, err := fmt.Fprintf(w, "data: %s\n\n", price); err != nil {
                                return
                        }
                case <-r.Context().Done():
                        return
                }
        }
}
```

## When it stays silent
- Some path leaves the loop: return, `break` out of it, goto, panic, an exit of the process, also in
  a helper that the loop calls.
- The loop has a condition or ranges over something.
- The loop is in a goroutine that the handler starts (see GLC103).
- It is only a note where a comment in the loop says that it is meant to go on for ever.

## Go versions
All.

## Source
Article chapter 1; goroutine leak study CGO 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.endless import endless_loops
from golint_concurrency.semantics.requests import handler_kind, request_of
from golint_concurrency.syntax import ast

MEANT = re.compile(r"(?i)//[^\n]*\b(for ?ever|until killed|on purpose)\b")


def check(view: View, loop: ast.For) -> Iterator[Finding]:
    function = view.function_of(loop)
    if function is None or loop not in endless_loops(function):
        return
    node = function.node
    if isinstance(node, ast.FuncLit) and not _runs_here(node):
        return
    request = request_of(function)
    if request is None:
        return
    related: list[Related] = []
    if request.scope.file is view.scope.file:
        place = request.via if request.via is not None else request.handler.node.type
        word = "the handler calls it here" if request.via is not None else "the request's handler"
        related.append(view.related(place, word))
    meant = MEANT.search(view.text(loop)) is not None
    yield Finding(
        loop,
        "nothing leaves this loop, so the handler goes on after its client has gone: goroutines "
        "and connections pile up, and a graceful shutdown never ends; return when "
        "r.Context().Done() is closed and when a write fails",
        tuple(related),
        severity=Severity.NOTE if meant else None,
        span=view.range(loop.start, loop.start + len("for")),
    )


def _runs_here(literal: ast.FuncLit) -> bool:
    """True for a handler's own closure, False for one that may run on another goroutine."""
    call = literal.parent
    if isinstance(call, ast.Call):
        if call.fun is literal:
            return not isinstance(call.parent, ast.Go)
        # http.HandlerFunc(func(w, r) {...}): the closure is the handler.
    return handler_kind(literal.info) is not None


RULE = Rule(
    id="GLC610",
    name="handler-loop-without-exit",
    summary="loop in a handler that goes on after the client has gone",
    severity=Severity.ERROR,
    load=True,
    check=check,
    on=(ast.For,),
    triggers=(b"for {", b"for true", b"for ;"),
    source="S1, U",
    tags=("http", "leak"),
)
