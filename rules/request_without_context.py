"""## What it finds
`http.NewRequest` in a function that has a context, where the request is sent without it.

## What happens under load
The caller gives up after a second; the request to the slow backend goes on for as long as that
takes. With 300 requests a second and a backend that hangs for 30 seconds, 9,000 goroutines and
connections wait for answers that nobody will read.

## Example
```go
req, err := http.NewRequest("GET", url, nil)
```

## Use instead
```go
req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
```

## When it stays silent
- The request gets a context later (`req.WithContext`, `req.Clone`), or is sent together with one.
- It is not sent by `Do` or `RoundTrip` in the same function: who sends it may add a context.
- The context belongs to a function around this closure, or comes from `context.Background()`;
  deferred calls and goroutines.
- Test files.

## Go versions
1.13 and later, which has `http.NewRequestWithContext`.

## Fix
Calls `http.NewRequestWithContext` with the context, where that is a parameter: one that is derived
here may be cancelled before the body of a returned response is read.

## Source
Article chapter 5 (calls without a deadline); noctx.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts
from golint_concurrency.semantics.detachment import outlives_request
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    fun, statement = call.fun, call.parent
    if not isinstance(fun, ast.Selector) or not isinstance(statement, ast.Assign) or call.spread:
        return
    held = contexts.own(view.scope, call)
    target = statement.lhs[0]
    if held is None or len(call.args) != 3 or not isinstance(target, ast.Ident):
        return
    sent = _sent(view, target, call) if isinstance(target.obj, Local) else None
    if sent is None or outlives_request(view.scope, call, held):
        return
    # One that is derived here may be cancelled before a response that is returned has been read.
    given = held.local.role == "param"
    edits = (
        view.replace(fun.sel, "NewRequestWithContext"),
        view.insert(call.args[0].start, f"{held.text}, "),
    )
    yield Finding(
        call,
        f"the request goes on after {held.text} is done, and holds a goroutine and a connection "
        f"for an answer that nobody waits for; write http.NewRequestWithContext({held.text}, ...)",
        (view.related(sent, "sent here"),),
        fixes=(Fix(f"make the request with {held.text}", edits),) if given else (),
    )


def _sent(view: View, target: ast.Ident, call: ast.Call) -> ast.Call | None:
    """The call that sends the request, None if there is none or the request may get a context."""
    sent = None
    local = target.obj
    for use in local.uses if isinstance(local, Local) else ():
        parent = use.parent
        if isinstance(parent, ast.Selector) and parent.sel.name in ("WithContext", "Clone"):
            return None
        if not isinstance(parent, ast.Call) or use not in parent.args:
            if not isinstance(parent, ast.Selector | ast.Assign):
                return None
            if isinstance(parent, ast.Assign) and use in parent.rhs:
                return None
            continue
        if any(contexts.is_context(view.type_of(argument)) for argument in parent.args):
            return None
        fun = ast.unparen(parent.fun)
        if isinstance(fun, ast.Selector) and fun.sel.name in ("Do", "RoundTrip"):
            if use.start > call.end and len(parent.args) == 1 and sent is None:
                sent = parent
    return sent


RULE = Rule(
    id="GLC307",
    name="request-without-context",
    summary="http.NewRequest where a context is in scope",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("net/http.NewRequest",),
    triggers=(b"NewRequest(",),
    needs=(b'"net/http"',),
    source="S5, P",
    fix="safe",
    since=(1, 13),
    tests=False,
    tags=("context", "http"),
)
