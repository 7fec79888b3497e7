"""## What it finds
`http.Get`, `http.Head`, `http.Post` and `http.PostForm`, the same methods of `http.DefaultClient`,
and its `Do` with a request from `http.NewRequest`: none of them has a timeout.

## What happens under load
The default client waits for ever. A backend that accepts connections and answers none holds every
caller: at 50 requests a second, ten minutes of it leave 30,000 goroutines and as many open
connections, and the service falls over long before the backend is back.

## Example
```go
resp, err := http.Get(url)
```

## Use instead
```go
var client = &http.Client{Timeout: 30 * time.Second}

resp, err := client.Get(url)
```

## When it stays silent
- The package gives `http.DefaultClient` a timeout, or replaces it.
- The request carries a context, or comes from elsewhere.
- Test files, and files that use `httptest`.
- It is only a note where the address is written out and is this machine's own, and in what runs
  once while a part of the program is set up, as far as names of functions and callers tell.

## Go versions
All.

## Fix
Unsafe: a client with a timeout of 30 seconds in place. Unsafe since a slow download is cut off.
The client shares the default transport and its connections.

## Source
Article chapter 5; package documentation of `net/http`, variable `DefaultClient`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.addresses import is_loopback_url
from golint_concurrency.semantics.lifecycle import is_part, may_exit
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

FUNCTIONS = ("net/http.Get", "net/http.Head", "net/http.Post", "net/http.PostForm")
METHODS = tuple(
    f"net/http.Client.{name}" for name in ("Do", "Get", "Head", "Post", "PostForm")
)  # fmt: skip
CHANGES = (b"http.DefaultClient =", b"http.DefaultClient.Timeout =")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector):
        return
    name = view.name_of(call)
    if name in METHODS:
        if not _is_default(view, fun.x):
            return
        if fun.sel.name == "Do" and not _without_context(view, call):
            return
    elif name not in FUNCTIONS:
        return
    if view.package.path.startswith("net/http"):
        return
    if any(mentions.in_package(view.package, change) for change in CHANGES):
        return
    yield Finding(
        call,
        f"{view.text(fun)} has no timeout: a backend that stops answering holds this goroutine and "
        "its connection for ever; use an http.Client with a Timeout",
        severity=Severity.NOTE if _is_minor(view, call, fun.sel.name) else None,
        fixes=_fix(view, fun),
        span=Span(view.path, call.start, fun.end),
    )


def _is_default(view: View, client: ast.Expr) -> bool:
    client = ast.unparen(client)
    return (
        isinstance(client, ast.Selector)
        and client.sel.name == "DefaultClient"
        and isinstance(client.x, ast.Ident)
        and not isinstance(client.x.obj, Local)
        and client.x.name == view.scope.imported("net/http")
    )


def _is_minor(view: View, call: ast.Call, method: str) -> bool:
    return (
        _stays_here(view, call, method) or is_part(view.scope, call) or may_exit(view.scope, call)
    )


def _stays_here(view: View, call: ast.Call, method: str) -> bool:
    """True if the address that is asked is written out and is this machine's own."""
    at = 0
    if method == "Do":
        made = _made(view, call)
        at, call = (1, made) if made is not None else (0, call)
    return at < len(call.args) and is_loopback_url(view.scope, call.args[at])


def _made(view: View, call: ast.Call) -> ast.Call | None:
    """The call of `http.NewRequest` that makes the request that is sent."""
    request = call.args[0] if call.args else None
    if not isinstance(request, ast.Ident) or not isinstance(request.obj, Local):
        return None
    made = request.obj.node
    if not isinstance(made, ast.Assign) or len(made.rhs) != 1:
        return None
    value = made.rhs[0]
    if not isinstance(value, ast.Call) or view.name_of(value) != "net/http.NewRequest":
        return None
    return value


def _without_context(view: View, call: ast.Call) -> bool:
    """True if the request is made right here, without a context."""
    request = call.args[0] if call.args else None
    if not isinstance(request, ast.Ident) or not isinstance(request.obj, Local):
        return False
    local = request.obj
    made = local.node
    if _made(view, call) is None:
        return False
    return not any(
        (isinstance(use.parent, ast.Selector) and use.parent.sel.name in ("WithContext", "Clone"))
        or (isinstance(use.parent, ast.Assign) and use in use.parent.lhs and use.parent is not made)
        or (isinstance(use.parent, ast.Call) and use.parent is not call)
        for use in local.uses
    )


def _fix(view: View, fun: ast.Selector) -> tuple[Fix, ...]:
    package = view.scope.imported("net/http")
    if package is None or package in (".", "_"):
        return ()
    time_name, imports = view.import_name("time")
    replaced = fun.x if isinstance(fun.x, ast.Selector | ast.Ident) else None
    if replaced is None:
        return ()
    client = f"(&{package}.Client{{Timeout: 30 * {time_name}.Second}})"
    return (
        Fix("use a client with a timeout", (*imports, view.replace(replaced, client)), safe=False),
    )


RULE = Rule(
    id="GLC603",
    name="default-client",
    summary="HTTP request by the default client, which has no timeout",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=FUNCTIONS + METHODS,
    triggers=(b"DefaultClient", b".Get(", b".Head(", b".Post(", b".PostForm("),
    needs=(b'"net/http"',),
    source="S5",
    fix="unsafe",
    tests=False,
    tags=("http",),
)
