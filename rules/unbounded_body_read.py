"""## What it finds
The body of a received request that is read to its end with no limit on its size: by `io.ReadAll`,
`ReadFrom` of a buffer, `io.Copy` into a buffer, or a JSON or XML decoder.

## What happens under load
The client decides how much memory the server spends. `io.ReadAll` grows its buffer by a quarter at
a time and copies: a body of 200 MB needs 450 MB for a moment. Twenty such requests at once, by a
broken client that retries, and a container with 8 GB is killed together with every other request
that it was serving.

## Example
```go
func create(w http.ResponseWriter, r *http.Request) {
        body, err := io.ReadAll(r.Body)
        ...
}
```

## Use instead
```go
func create(w http.ResponseWriter, r *http.Request) {
        body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 10<<20))
        ...
}
```
For all handlers at once, `http.MaxBytesHandler`.

## When it stays silent
- The body goes through `http.MaxBytesReader` or `io.LimitReader`, here or in the handler that calls
  this function, or either looks at the request's `ContentLength`.
- The module has middleware that limits bodies: `http.MaxBytesHandler`, echo's `BodyLimit`, chi's
  `RequestSize`, or a file, also of another module that is imported, that uses `MaxBytesReader` and
  calls `ServeHTTP`.
- A decoder that is used in a loop, value by value.
- Responses, and requests that are sent.
- It is only a note for a decoder, which keeps what the value has room for.
- Test files.

## Go versions
All.

## Fix
Reads at most 10 MB, as `ParseForm` does, where the function has an `http.ResponseWriter`. None for
compressed bodies, where what comes out needs the limit.

## Source
Article chapter 1 (memory); package documentation of `net/http`, `MaxBytesReader`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.request_bodies import (
    body_of,
    limited_by_middleware,
    limited_here,
)
from golint_concurrency.semantics.requests import WRITER
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.syntax import ast

READERS = {
    "io.ReadAll": 0,
    "io/ioutil.ReadAll": 0,
    "bytes.Buffer.ReadFrom": 0,
    "io.Copy": 1,
    "encoding/json.NewDecoder": 0,
    "encoding/xml.NewDecoder": 0,
}


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = view.name_of(call)
    index = READERS[name]
    if index >= len(call.args):
        return
    if name == "io.Copy" and not is_named(deref(view.type_of(call.args[0])), "bytes.Buffer"):
        return
    body = body_of(view.scope, call.args[index])
    if body is None or limited_here(view.scope, call):
        return
    decoder = name.endswith("NewDecoder")
    if decoder and _in_loop(call):
        return
    if limited_by_middleware(view.program, view.package):
        return
    yield Finding(
        call,
        f"{view.text(call.fun)} takes as much memory as the client cares to send: a few large "
        "bodies at once end the process; wrap the body in http.MaxBytesReader",
        severity=Severity.NOTE if decoder else None,
        fixes=_fix(view, body),
        span=Span(view.path, call.start, call.end)
        if b"\n" not in view.scope.file.slice(call.start, call.end)
        else view.span(call.fun),
    )


def _in_loop(call: ast.Call) -> bool:
    """True if a decoder, made by `call`, is used in a loop: one value of a stream at a time."""
    if ast.enclosing_loops(call):
        return True
    made = call.parent
    target = made.lhs[0] if isinstance(made, ast.Assign) else None
    local = target.obj if isinstance(target, ast.Ident) else None
    return isinstance(local, Local) and any(
        ast.enclosing_loops(use) or not isinstance(use.parent, ast.Selector) for use in local.uses
    )


def _fix(view: View, body: ast.Selector) -> tuple[Fix, ...]:
    package = view.scope.imported("net/http")
    around = body.parent
    if package is None or package in (".", "_"):
        return ()
    if isinstance(around, ast.Call) and "gzip" in view.name_of(around):
        return ()  # what comes out of it needs the limit
    function = ast.enclosing_function(body)
    writer = next(
        (
            param.name
            for param in (function.info.params if function is not None else ())
            if param is not None
            and param.name != "_"
            and str(infer.local_type(view.scope, param)) == WRITER
        ),
        None,
    )
    if writer is None:
        return ()
    edits = (
        view.insert(body.start, f"{package}.MaxBytesReader({writer}, "),
        view.insert(body.end, ", 10<<20)"),
    )
    return (Fix("read at most 10 MB", edits),)


RULE = Rule(
    id="GLC609",
    name="unbounded-body-read",
    summary="request body read without a limit on its size",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=tuple(READERS),
    triggers=(b".Body",),
    needs=(b'"net/http"',),
    source="S1",
    fix="safe",
    tests=False,
    tags=("http",),
)
