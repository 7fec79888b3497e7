"""## What it finds
An HTTP response whose `Body` is not closed on some path after the error turned out to be nil: an
early return on a bad status, a retry that overwrites the response, a response that is dropped.
Also a `Close` that comes before the error is looked at.

## What happens under load
An open body keeps its connection, with two goroutines and a file descriptor, until the other side
hangs up. A service that answers 200 requests a second and forgets the body of one response in a
hundred (those with status 404) loses two connections a second: at the usual limit of 1024 open
files it stops accepting after eight minutes. A `Close` before the error check panics the first
time the network fails, since the response is nil then.

## Example
```go
resp, err := client.Do(req)
if err != nil {
        return err
}
if resp.StatusCode != http.StatusOK {
        return fmt.Errorf("status %d", resp.StatusCode) // the body stays open
}
defer resp.Body.Close()
```

## Use instead
```go
resp, err := client.Do(req)
if err != nil {
        return err
}
defer resp.Body.Close()
if resp.StatusCode != http.StatusOK {
        return fmt.Errorf("status %d", resp.StatusCode)
}
```

## When it stays silent
- The response or its body is returned, stored, sent, captured by a closure that does any of it, or
  handed to a function that closes it or cannot be seen.
- The answer to a HEAD request has no body.
- `RoundTrip`: what answers there is often no connection but a cache or a part of the program.
- `main` itself: its end closes everything. Test files.
- A `defer` inside a loop closes late, but closes (see `defer-in-loop`).

## Go versions
All.

## Fix
Safe: puts `defer resp.Body.Close()` right below the error check, and takes away the one that stood
too late. Not offered in loops, where a deferred call would run too late.

## Source
Package documentation of `net/http`, `Client.Do`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import delete_line, free_name
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.responses import Fate, fate_of, is_deferred_close
from golint_concurrency.semantics.types import Tuple, deref, is_named
from golint_concurrency.syntax import ast

RESPONSE = "net/http.Response"
COST = "under load each such call keeps a connection and two goroutines"


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if view.path.endswith("_test.go"):
        return
    function = ast.enclosing_function(call)
    if function is None or not _gives_body(view, call):
        return
    if view.in_main and isinstance(function, ast.FuncDecl) and function.name.name == "main":
        return
    parent = call.parent
    if isinstance(parent, ast.ExprStmt):
        yield Finding(
            call,
            f"this response is dropped with its body open: {COST}; "
            "take the response and close its Body",
        )
    elif isinstance(parent, ast.Assign) and parent.rhs == [call] and len(parent.lhs) == 2:
        yield from _check_assigned(view, call, parent, function)


def _gives_body(view: View, call: ast.Call) -> bool:
    result = view.type_of(call)
    if not isinstance(result, Tuple) or not is_named(deref(result.items[0]), RESPONSE):
        return False
    return not any(_asks_for_head(view, argument) for argument in call.args)


def _asks_for_head(view: View, argument: ast.Expr) -> bool:
    """True for a request that was made with method HEAD."""
    if not isinstance(argument, ast.Ident) or not isinstance(argument.obj, Local):
        return False
    made = argument.obj.node
    value = made.rhs[0] if isinstance(made, ast.Assign) else initial_value(argument.obj)
    return isinstance(value, ast.Call) and any(
        view.constant(part) == "HEAD" for part in value.args[:2]
    )


def _check_assigned(
    view: View, call: ast.Call, statement: ast.Assign, function: ast.Func
) -> Iterator[Finding]:
    target, error = statement.lhs
    if not isinstance(target, ast.Ident):
        return
    if target.name == "_":
        yield Finding(
            call,
            f"this response is dropped with its body open: {COST}; "
            "take the response and close its Body",
            fixes=_take(view, statement),
        )
        return
    response = target.obj
    failed = error.obj if isinstance(error, ast.Ident) else None
    if not isinstance(response, Local) or not isinstance(error, ast.Ident):
        return
    if error.name != "_" and not isinstance(failed, Local):
        return
    fate = fate_of(
        view.scope,
        function.info,
        statement,
        response,
        failed if isinstance(failed, Local) else None,
    )
    if fate is None:
        return
    name = target.name
    if fate.early is not None:
        yield Finding(
            fate.early,
            f"{name}.Body is closed before the error is looked at: {name} is nil when the request "
            "failed, so the first network trouble under load panics; close it below the check",
            related=(view.related(call, "the response comes from here"),),
        )
    if fate.leak is not None:
        if fate.leak.exit is not None:
            how = "is not closed on a path that returns"
        else:
            how = "is still open when the next response takes its place"
        yield Finding(
            call,
            f"the body of {name} {how}: {COST}; "
            + (
                f"close {name}.Body on that path too"
                if ast.enclosing_loops(call) or _is_passed_on(fate)
                else f"write defer {name}.Body.Close() right below the error check"
            ),
            flow=view.path_steps(fate.leak, view.step(call, "the response comes from here")),
            fixes=_defer(view, statement, name, fate),
        )


def _is_passed_on(fate: Fate) -> bool:
    """True if some path gives the response or its body to somebody else, who could not read it
    after a deferred `Close`."""
    return not all(map(_is_close, fate.settlers))


def _is_close(use: ast.Ident) -> bool:
    body = use.parent
    method = body.parent if isinstance(body, ast.Selector) and body.sel.name == "Body" else None
    return isinstance(method, ast.Selector) and method.sel.name == "Close"


def _error_check(statement: ast.Assign) -> ast.If | None:
    """`if err != nil { ... return }` right below the statement."""
    block = statement.parent
    error = statement.lhs[1]
    if not isinstance(block, ast.Block) or ast.enclosing_loops(statement):
        return None
    following = block.stmts[block.stmts.index(statement) + 1 :]
    first = following[0] if following else None
    if not isinstance(first, ast.If) or first.init is not None or first.orelse is not None:
        return None
    cond = first.cond
    if not isinstance(cond, ast.Binary) or cond.op != "!=" or not isinstance(error, ast.Ident):
        return None
    if not (isinstance(cond.x, ast.Ident) and cond.x.name == error.name):
        return None
    stmts = first.then.stmts
    return first if stmts and isinstance(stmts[-1], ast.Return) else None


def _defer(view: View, statement: ast.Assign, name: str, fate: Fate) -> tuple[Fix, ...]:
    below = _error_check(statement)
    if below is None or len(fate.settlers) > 1:
        return ()
    edits: list[Edit] = [_defer_below(view, below, statement, name)]
    for use in fate.settlers:
        late = is_deferred_close(use)
        gone = delete_line(view, late) if late is not None else None
        if gone is None or late is None or late.parent is not statement.parent:
            return ()
        edits.append(gone)
    return (Fix(f"defer {name}.Body.Close() below the error check", tuple(edits)),)


def _take(view: View, statement: ast.Assign) -> tuple[Fix, ...]:
    below = _error_check(statement)
    if below is None or statement.op != ":=":
        return ()
    name = free_name(view, "resp")
    edits = (
        view.replace(statement.lhs[0], name),
        _defer_below(view, below, statement, name),
    )
    return (Fix(f"close the response's body as {name}.Body", edits),)


def _defer_below(view: View, below: ast.If, statement: ast.Assign, name: str) -> Edit:
    return view.insert_below(below, f"\n{view.indent(statement)}defer {name}.Body.Close()")


CALLS = tuple(
    name
    for name in facts.named("must")
    if "0.Body.Close" in (known.all("must") if (known := facts.of(name)) is not None else ())
    and not name.endswith((".Head", ".ReadResponse", ".GetObject", ".Test", ".RoundTrip"))
)

RULE = Rule(
    id="GLC605",
    name="response-body-not-closed",
    summary="response whose body is not closed on some path",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=CALLS,
    triggers=tuple(sorted({b"." + name.rsplit(".", 1)[1].encode() + b"(" for name in CALLS})),
    needs=(b"http",),
    source="P",
    fix="safe",
    tags=("http",),
)
