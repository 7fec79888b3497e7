"""## What it finds
`net.LookupHost`, `net.LookupIP`, `net.LookupAddr` and the other look-ups of package `net`, which
take no context; and the same methods of a `net.Resolver` with a context that never expires.

## What happens under load
The resolver tries each name server twice and waits 5 seconds each time, more if resolv.conf says
so: with two servers down, a look-up takes 20 seconds. At 100 requests a second 2,000 goroutines
wait in it for callers that left long ago. Where cgo resolves, each of them has a thread, and past
500 the others queue for one.

## Example
```go
addresses, err := net.LookupHost(name)
```

## Use instead
```go
ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
defer cancel()
addresses, err := net.DefaultResolver.LookupHost(ctx, name)
```

## When it stays silent
- What is looked up is written out and is an IP address or `localhost`.
- The context of a resolver's method comes from a caller, or has a deadline.
- Test files, and package `net`.
- It is only a note where nothing in sight runs it again and again (a request, a loop), where the
  loop waits between its turns or goes over a list while a part of the program starts, and in a
  function that can end the program.

## Go versions
All; `Resolver.LookupIP` is there from 1.15 on.

## Fix
Asks `net.DefaultResolver` with the context in scope, or with one of 5 seconds that it makes before
the statement. None in loops and beside other look-ups where no context is in scope.

## Source
Article chapter 1; package documentation of `net`, "Name Resolution" and type `Resolver`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import free_name, prepend_argument
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts
from golint_concurrency.semantics.deadlines import never_expires
from golint_concurrency.semantics.lifecycle import is_part, may_exit
from golint_concurrency.semantics.repeats import repeat_of
from golint_concurrency.syntax import ast

NAMES = ("LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupNS", "LookupSRV",
         "LookupTXT")  # fmt: skip
METHODS = (*NAMES, "LookupIPAddr", "LookupNetIP")
PAUSES = re.compile(r"<-\s*[\w.]+\.C\b|<-\s*time\.After\(|\btime\.Sleep\(")
"""What a loop waits with between its turns."""
FUNCTIONS = frozenset(f"net.{name}" for name in NAMES)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = view.name_of(call)
    fun = ast.unparen(call.fun)
    if view.package.path == "net" or not isinstance(fun, ast.Selector) or not call.args:
        return
    severity = Severity.NOTE if _is_minor(view, call) else None
    if name in FUNCTIONS:
        if any(_is_plain(view, argument) for argument in call.args):
            return
        yield Finding(
            call,
            f"{view.text(fun)} has no deadline and cannot be cancelled: when name servers are slow "
            "callers pile up in it for 20 seconds and more; use net.DefaultResolver."
            f"{fun.sel.name} with a context that has a timeout",
            severity=severity,
            fixes=_fix(view, call, fun),
            span=view.span(call.fun),
        )
    elif never_expires(view.scope, call.args[0]):
        yield Finding(
            call,
            "this look-up has a context that never expires: when name servers are slow callers "
            "pile up in it for 20 seconds and more; give it one with a timeout",
            severity=severity,
            span=view.span(call.fun),
        )


def _is_minor(view: View, call: ast.Call) -> bool:
    """True where callers cannot pile up: nothing calls it again and again, it waits between turns,
    or it goes over a list where a part of the program starts."""
    if may_exit(view.scope, call):
        return True
    repeat = repeat_of(view.scope, call)
    if repeat is None:
        return True
    loop = repeat.node
    if isinstance(loop, ast.For) and PAUSES.search(repeat.scope.file.text(loop)) is not None:
        return True
    return isinstance(loop, ast.Range) and is_part(repeat.scope, loop)


def _is_plain(view: View, argument: ast.Expr) -> bool:
    """True for what no name server is asked about."""
    value = view.constant(argument)
    if not isinstance(value, str):
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return value == "localhost"
    return True


def _fix(view: View, call: ast.Call, fun: ast.Selector) -> tuple[Fix, ...]:
    if fun.sel.name == "LookupIP" and view.go < (1, 15):
        return ()
    held = contexts.own(view.scope, call)
    edits: list[Edit] = []
    if held is not None:
        text = held.text
    else:
        made = _make_context(view, call)
        if made is None:
            return ()
        text, edits = made
    network = ', "ip"' if fun.sel.name == "LookupIP" else ""
    edits.append(view.replace(fun, f"{view.text(fun.x)}.DefaultResolver.{fun.sel.name}"))
    edits += prepend_argument(view, call, text + network)
    return (Fix("look up with a deadline", tuple(edits)),)


def _make_context(view: View, call: ast.Call) -> tuple[str, list[Edit]] | None:
    """A context that is made before the statement around `call`; None in a loop, and where other
    look-ups of the function would declare the same names."""
    function = ast.enclosing_function(call)
    if function is None or view.text(function).count(".Lookup") > 1:
        return None
    if ast.enclosing_loops(call):
        return None
    statement: ast.Node | None = ast.enclosing_statement(call)
    while statement is not None and not isinstance(statement.parent, ast.Block):
        if isinstance(statement, ast.FuncLit | ast.FuncDecl | ast.CommClause | ast.Case):
            return None
        statement = statement.parent
    if statement is None or isinstance(statement, ast.Labeled):
        return None
    name, cancel = free_name(view, "ctx"), free_name(view, "cancel")
    context_name, context_import = view.import_name("context")
    time_name, time_import = view.import_name("time")
    indent = view.indent(statement)
    lines = (
        f"{name}, {cancel} := {context_name}.WithTimeout({context_name}.Background(), "
        f"5*{time_name}.Second)\n{indent}defer {cancel}()\n{indent}"
    )
    return name, [*context_import, *time_import, view.insert(statement.start, lines)]


RULE = Rule(
    id="GLC608",
    name="resolve-without-timeout",
    summary="name looked up without a deadline",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=(*sorted(FUNCTIONS), *(f"net.Resolver.{name}" for name in METHODS)),
    triggers=(b".Lookup",),
    needs=(b'"net"',),
    source="S1",
    fix="safe",
    tests=False,
    tags=("network",),
)
