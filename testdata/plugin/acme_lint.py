"""## What it finds
`time.Sleep` in code that serves a request.

## What happens under load
A handler that sleeps 200 ms to let a replica catch up holds its goroutine, its connection and what
it has locked for that long. At 2,000 requests a second 400 of them wait at any time, and clients
that have gone are waited for too.

## Example
```go
func show(w http.ResponseWriter, r *http.Request) {
        time.Sleep(200 * time.Millisecond)
        render(w)
}
```

## Use instead
```go
func show(w http.ResponseWriter, r *http.Request) {
        if err := replica.WaitFor(r.Context(), version); err != nil {
                http.Error(w, "try again", http.StatusServiceUnavailable)
                return
        }
        render(w)
}
```

## When it stays silent
- Functions that something else than a handler calls as well.
- Goroutines that a handler starts.
- Test files.

## Go versions
All.

## Source
Acme's incident review 41.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    """Ask the semantic layer whether a request waits for this."""
    function = view.function_of(call)
    if function is None:
        return
    request = request_of(function)
    if request is None or _in_goroutine(call):
        return
    related: tuple[Related, ...] = ()
    if request.via is not None and request.scope is view.scope:
        related = (view.related(request.via, "a handler calls this function here"),)
    yield Finding(
        call,
        "every request waits here, with all that it holds; wait for the event, with its context",
        related,
    )


def _in_goroutine(call: ast.Call) -> bool:
    up: ast.Node | None = call
    while up is not None:
        if isinstance(up, ast.Go):
            return True
        up = up.parent
    return False


RULE = Rule(
    id="ACME101",
    name="sleep-in-handler",
    summary="time.Sleep in code that serves a request",
    severity=Severity.WARNING,
    check=check,
    calls=("time.Sleep",),
    tests=False,
    source="incident review 41",
)
