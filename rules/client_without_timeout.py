"""## What it finds
An `http.Client` without `Timeout`, made by a literal, by `new` or as a plain variable, that sends a
request without a deadline: by `Get`, `Head`, `Post`, `PostForm`, or by `Do` with a request whose
context is missing or never expires.

## What happens under load
A zero `Timeout` waits for ever. A backend that accepts connections and stops answering holds every
caller: at 50 requests a second, ten minutes of it leave 30,000 goroutines with their connections,
and the service runs out of memory or file descriptors before the backend is back.

## Example
```go
client := &http.Client{Transport: transport}
resp, err := client.Get(url)
```

## Use instead
```go
client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
resp, err := client.Get(url)
```
Where responses are streams, a request with `http.NewRequestWithContext` and a deadline.

## When it stays silent
- `Timeout` is set after the literal: here, in a function in sight that gets the client, or through
  the field or variable that keeps it.
- Every request in sight has a context that is passed in or has a deadline, or comes from elsewhere.
- No request in sight is sent by it: who uses it may add a deadline.
- The client goes to a function value or through an interface, which could set it.
- Its `Transport` has a `ResponseHeaderTimeout` or a dial function of its own (a Unix socket, say),
  or comes from where this does not see.
- The package reads event streams. The client is returned beside an error.
- Test files.
- It is only a note where all that it sends is sent once, while a part of the program is set up, as
  far as names of functions and callers tell.

## Go versions
All.

## Fix
Adds `Timeout: 30 * time.Second` and keeps the layout of the literal. Unsafe where a function that
sends copies the response somewhere, since a long download would be cut off.

## Source
Article chapter 5; package documentation of `net/http`, type `Client`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Related, Severity, Span
from golint_concurrency.edits import add_field
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer, mentions
from golint_concurrency.semantics.http_requests import sends_without_limit
from golint_concurrency.semantics.lifecycle import is_part
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.transports import waits_for_ever
from golint_concurrency.semantics.types import is_named
from golint_concurrency.semantics.whereabouts import Whereabouts, whereabouts_of
from golint_concurrency.syntax import ast

CLIENT = "net/http.Client"
Made = ast.CompositeLit | ast.Call | ast.ValueSpec


def check(view: View, node: Made) -> Iterator[Finding]:
    if not _makes_client(view, node) or view.package.path == "net/http":
        return
    if isinstance(node, ast.CompositeLit) and not _is_unbounded(view, node):
        return
    if _is_no_answer(view, node):
        return
    if mentions.in_package(view.package, b"text/event-stream"):
        return
    places = _whereabouts(view, node)
    if places is None or _may_be_bounded(view, places):
        return
    sent = [(s, c) for s, c in places.calls if sends_without_limit(s, c)]
    if not sent:
        return
    scope, call = sent[0]
    yield Finding(
        node,
        "this http.Client has no Timeout: a backend that stops answering holds every caller and "
        "its connection for ever; set Timeout, or give each request a context with a deadline",
        (Related(Span(scope.file.path, call.start, call.fun.end), "sends without a deadline"),)
        if scope is not view.scope
        else (view.related(call.fun, "sends without a deadline"),),
        severity=Severity.NOTE if all(is_part(s, c) for s, c in sent) else None,
        fixes=_fix(view, node, safe=not _copies(places.calls)),
        span=view.opening(node),
    )


def _is_no_answer(view: View, node: Made) -> bool:
    """True for the client that is returned beside an error: `return &http.Client{}, err`."""
    up: ast.Node = node
    while isinstance(up.parent, ast.Unary | ast.Paren):
        up = up.parent
    results = up.parent.results if isinstance(up.parent, ast.Return) else []
    last = results[-1] if len(results) > 1 else None
    return (
        last is not None
        and up is not last
        and str(view.type_of(last)) == "error"
        and view.text(last) != "nil"
    )


def _makes_client(view: View, node: Made) -> bool:
    if isinstance(node, ast.CompositeLit):
        return is_named(view.type_of(node), CLIENT)
    if isinstance(node, ast.Call):
        made = node.args[0] if len(node.args) == 1 else None
        return (
            made is not None
            and view.name_of(node) == "builtin.new"
            and is_named(view.type_of(made), CLIENT)
        )
    return (
        node.type is not None
        and not node.values
        and not node.const
        and len(node.names) == 1
        and is_named(view.type_of(node.type), CLIENT)
    )


def _is_unbounded(view: View, literal: ast.CompositeLit) -> bool:
    """True if no field of the literal sets a limit, as far as can be told."""
    for element in literal.elts:
        if not isinstance(element, ast.KeyValue) or not isinstance(element.key, ast.Ident):
            return False
        if element.key.name == "Timeout":
            return False
        if element.key.name == "Transport" and not waits_for_ever(view.scope, element.value):
            return False
    return True


def _whereabouts(view: View, node: Made) -> Whereabouts | None:
    if not isinstance(node, ast.ValueSpec):
        return whereabouts_of(view.scope, node)
    obj = node.names[0].obj or view.scope.resolve(node.names[0])
    return whereabouts_of(view.scope, obj) if isinstance(obj, Local | Member) else None


def _may_be_bounded(view: View, places: Whereabouts) -> bool:
    """True if a timeout is set later on, or could be by code out of sight."""
    if "Timeout" in places.fields or places.overwritten:
        return True
    for scope, value in places.fields.get("Transport", ()):
        if value is None or not waits_for_ever(scope, value):
            return True
    for scope, call, _ in places.passed:
        callee = infer.callee_of(scope, call.fun)
        if callee is None or not callee.name or callee.interface:
            return True
    words = tuple(f"{name}.Timeout =".encode() for name in places.kept if name[:1].isupper())
    return bool(words) and bool(mentions.in_module(view.program, view.package, words))


def _copies(calls: list[tuple[FileScope, ast.Call]]) -> bool:
    for scope, call in calls:
        function = ast.enclosing_function(call)
        if function is not None and "io.Copy" in scope.file.text(function):
            return True
    return False


def _fix(view: View, node: Made, *, safe: bool) -> tuple[Fix, ...]:
    time_name, imports = view.import_name("time")
    value = f"30 * {time_name}.Second"
    if isinstance(node, ast.CompositeLit):
        edits = add_field(view, node, "Timeout", value)
    elif isinstance(node, ast.Call):
        edits = (view.replace(node, f"&{view.text(node.args[0])}{{Timeout: {value}}}"),)
    elif node.type is not None:
        edits = (
            view.insert(node.type.start, "= "),
            view.insert(node.type.end, f"{{Timeout: {value}}}"),
        )
    return (Fix("set a timeout of 30 seconds", (*imports, *edits), safe=safe),)


RULE = Rule(
    id="GLC602",
    name="client-without-timeout",
    summary="http.Client without a timeout, and requests without a deadline",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.CompositeLit, ast.Call, ast.ValueSpec),
    triggers=(b".Client",),
    needs=(b'"net/http"',),
    source="S5",
    fix="safe",
    tests=False,
    tags=("http",),
)
