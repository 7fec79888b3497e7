"""## What it finds
- A function given to `g.Go` that works with the parent's context, although
  `errgroup.WithContext` made a derived one for it.
- A group whose `Wait` is never called.

## What happens under load
The derived context ends when the first function of the group fails. A function that works with
the parent's goes on: of 20 shard queries one fails at once, the other 19 run to their 30-second
timeout for a result that nobody will read, and `Wait` keeps the request for all of that time. When
the backend has trouble every request does so, and a backend with trouble gets all the load.
Without `Wait` errors are lost, and goroutines outlive the function that started them.

## Example
```go
g, gctx := errgroup.WithContext(ctx)
for _, shard := range shards {
        g.Go(func() error { return shard.Query(ctx) })
}
return g.Wait()
```

## Use instead
```go
g, gctx := errgroup.WithContext(ctx)
for _, shard := range shards {
        g.Go(func() error { return shard.Query(gctx) })
}
return g.Wait()
```

## When it stays silent
- The function uses the derived context as well: it tells the two apart.
- The parent's context is used in deferred code, for its values, for logging or tracing, or to
  make one that is deliberately detached (`context.WithoutCancel`).
- The parent's variable is given another value in between.
- The derived context has the parent's name (`g, ctx := errgroup.WithContext(ctx)`).
- The group runs one function only, so that no other can fail; or nobody waits for it, and a comment
  tells why.
- The group is handed on, returned or stored, so that others may wait.
- Test files.

## Go versions
All.

## Fix
Safe: uses the derived context where it has a name in scope.

## Source
Documentation of golang.org/x/sync/errgroup; a mistake that reviewers look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import is_assigned
from golint_concurrency.semantics.infer import callee_of, type_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import deref
from golint_concurrency.syntax import ast

_GROUP = "golang.org/x/sync/errgroup.Group"
_DERIVES = "golang.org/x/sync/errgroup.WithContext"
_METHODS = frozenset(["Go", "TryGo", "SetLimit"])
_DETACHED = frozenset(["WithoutCancel"])
_QUIET = ("log", "trace", "tracing", "span", "metric", "debug", "info", "warn", "error", "event")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    group = _group_of(view, call)
    if group is None:
        return
    unwaited = _never_waited(view, group)
    if unwaited and _is_explained(view, group):
        return
    if unwaited and _first_call(group) is call:
        yield Finding(
            call,
            "nobody waits for this group: errors are lost, and its goroutines pile up behind the "
            f"function that started them; call {group.name}.Wait and return its error",
            (view.related(group.ident, "the group"),),
        )
    derived = _derivation(view, group)
    if derived is None or not call.args or _is_alone(group):
        return
    literal = ast.unparen(call.args[0])
    if not isinstance(literal, ast.FuncLit):
        return
    made, context = derived
    parent = ast.unparen(made.args[0])
    if context is not None and any(
        literal.start <= use.start < literal.end for use in context.uses
    ):
        return
    root = _root(parent)
    if root is None or context is root or _changes(root, made):
        return
    wrong = [use for use in _uses(view, literal, parent, root) if _cancels(view, use, literal)]
    if not wrong:
        return
    name = context.name if context is not None else "the context that errgroup.WithContext returns"
    fixes: tuple[Fix, ...] = ()
    if context is not None and not _hidden(literal, context):
        edits = tuple(view.replace(use, context.name) for use in wrong)
        fixes = (Fix(f"use {context.name}", edits),)
    yield Finding(
        wrong[0],
        f"this goes on when another function of the group has failed, and Wait waits for it: "
        f"{view.text(wrong[0])} is not cancelled by the group; use {name}",
        (view.related(made, "the group's own context is made here"),),
        fixes=fixes,
    )


def _group_of(view: View, call: ast.Call) -> Local | None:
    """The local variable whose method is called."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or not isinstance(fun.x, ast.Ident):
        return None
    obj = view.scope.resolve(fun.x)
    return obj if isinstance(obj, Local) and obj.role == "var" else None


def _first_call(group: Local) -> ast.Node | None:
    for use in group.uses:
        selector = use.parent
        if isinstance(selector, ast.Selector) and selector.sel.name in ("Go", "TryGo"):
            return selector.parent
    return None


def _is_alone(group: Local) -> bool:
    """True if the group runs one function, once: no other can fail beside it."""
    starts = [
        use
        for use in group.uses
        if not isinstance(use.parent, ast.Selector) or use.parent.sel.name in ("Go", "TryGo")
    ]
    loops = ast.enclosing_loops(starts[0]) if starts else []
    return len(starts) == 1 and not any(group.ident.start < loop.start for loop in loops)


def _is_explained(view: View, group: Local) -> bool:
    """True if a comment in the function tells why nobody waits for the group."""
    function = ast.enclosing_function(group.ident)
    if function is None:
        return False
    said = re.compile(r"//.*\b" + re.escape(group.name) + r"\b.*\b(not|never|NOT)\b.*\b[Ww]ait")
    return said.search(view.text(function)) is not None


def _never_waited(view: View, group: Local) -> bool:
    """True if all uses of a group made here are in sight and none is `Wait`."""
    node = group.node
    if isinstance(node, ast.Assign):
        if node.op != ":=" or not _makes_group(view, node.rhs[0]):
            return False
    elif (
        not isinstance(node, ast.ValueSpec)
        or (node.values and not _makes_group(view, node.values[0]))
        or (not node.values and str(type_of(view.scope, group.ident)) != _GROUP)
    ):
        return False
    for use in group.uses:
        selector = use.parent
        if not isinstance(selector, ast.Selector) or selector.x is not use:
            return False
        if selector.sel.name not in _METHODS or not isinstance(selector.parent, ast.Call):
            return False
    return True


def _makes_group(view: View, value: ast.Expr) -> bool:
    value = ast.unparen(value)
    if isinstance(value, ast.Call):
        if view.name_of(value) == _DERIVES:
            return True
        return isinstance(value.fun, ast.Ident) and value.fun.name == "new"
    if isinstance(value, ast.Unary) and value.op == "&":
        value = value.x
    return isinstance(value, ast.CompositeLit) and str(deref(type_of(view.scope, value))) == _GROUP


def _derivation(view: View, group: Local) -> tuple[ast.Call, Local | None] | None:
    """The one call of errgroup.WithContext that makes the group, and the context it returns."""
    node = group.node
    if any(is_assigned(use) for use in group.uses):
        return None
    if not isinstance(node, ast.Assign) or len(node.lhs) != 2 or len(node.rhs) != 1:
        return None
    call = ast.unparen(node.rhs[0])
    if not isinstance(call, ast.Call) or not call.args or view.name_of(call) != _DERIVES:
        return None
    second = node.lhs[1]
    if not isinstance(second, ast.Ident):
        return None
    if second.name == "_":
        return call, None
    obj = view.scope.resolve(second)
    return (call, obj) if isinstance(obj, Local) else None


def _root(parent: ast.Expr) -> Local | None:
    """The variable of `ctx`, or of `r` in `r.Context()`."""
    if isinstance(parent, ast.Call) and isinstance(parent.fun, ast.Selector):
        if parent.args or parent.fun.sel.name != "Context":
            return None
        parent = ast.unparen(parent.fun.x)
    if isinstance(parent, ast.Ident) and isinstance(parent.obj, Local):
        return parent.obj
    return None


def _changes(root: Local, made: ast.Call) -> bool:
    return any(is_assigned(use) and use.start > made.start for use in root.uses)


def _uses(view: View, literal: ast.FuncLit, parent: ast.Expr, root: Local) -> Iterator[ast.Expr]:
    """Mentions of the parent's context in the function, as the expression that stands for it."""
    for use in root.uses:
        if not literal.start <= use.start < literal.end:
            continue
        if isinstance(parent, ast.Ident):
            yield use
        elif isinstance(use.parent, ast.Selector) and isinstance(use.parent.parent, ast.Call):
            call = use.parent.parent
            if call.fun is use.parent and view.text(call) == view.text(parent):
                yield call


def _cancels(view: View, use: ast.Expr, literal: ast.FuncLit) -> bool:
    """True if it matters here when the context ends."""
    up: ast.Node | None = use
    while up is not None and up is not literal:
        if isinstance(up, ast.Defer | ast.Go):
            return False
        if isinstance(up, ast.FuncLit) and not isinstance(up.parent, ast.Call):
            return False
        up = up.parent
    parent = use.parent
    if isinstance(parent, ast.Selector):
        return parent.sel.name in ("Done", "Err")
    if not isinstance(parent, ast.Call) or use is parent.fun:
        return False
    if use is not parent.args[0]:
        return False
    name = view.text(parent.fun).rsplit(".", 1)[-1]
    callee = callee_of(view.scope, parent.fun)
    if callee is not None and callee.name.startswith("context."):
        return name not in _DETACHED and name != "WithValue"
    whole = view.text(parent.fun).lower()
    return not any(word in whole for word in _QUIET) and not name.startswith(("From", "Get"))


def _hidden(literal: ast.FuncLit, context: Local) -> bool:
    """True if the derived context's name means something else in the function."""
    if literal.start < context.ident.start:
        return True
    return any(
        isinstance(node, ast.Ident) and node.name == context.name and node.obj is not context
        for node in ast.walk(literal)
        if not isinstance(node.parent, ast.Selector) or node.parent.x is node
    )


RULE = Rule(
    id="GLC109",
    name="errgroup-context-ignored",
    summary="errgroup whose functions ignore its context, or whose Wait is never called",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=(f"{_GROUP}.Go", f"{_GROUP}.TryGo"),
    triggers=(b".Go(", b".TryGo("),
    needs=(b"golang.org/x/sync/errgroup",),
    source="P",
    fix="safe",
    tests=False,
    tags=("goroutines", "context"),
)
