"""## What it finds
`recover()` where it can stop no panic: not called directly by a deferred function.
- `defer recover()`;
- in a function that is called by a deferred closure instead of being deferred itself;
- in a closure that runs in place or as a goroutine, without `defer`.

## What happens under load
The code looks safe and is not. One request in a million panics (a nil map, an index), the panic
passes the `recover` that returns nil, and the whole process goes down with the 3,000 other
requests in it.

## Example
```go
defer func() {
        logPanic() // calls recover
}()
```

## Use instead
```go
defer logPanic()
```
Or call `recover()` in the deferred closure itself.

## When it stays silent
- The function that calls `recover` is deferred somewhere in its package, is exported, or is used
  as a value: then it may be deferred.

## Go versions
All.

## Fix
Safe: `defer recover()` becomes `defer func() { _ = recover() }()`; a deferred closure that does
nothing but call the function becomes a `defer` of that function.

## Source
Article chapter 3.2 (defer and recover); Go specification, "Handling panics".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import callers_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if not isinstance(call.fun, ast.Ident) or not is_builtin(view.scope, call, "recover"):
        return
    if isinstance(call.parent, ast.Defer):
        edit = view.replace(call, "func() { _ = recover() }()")
        yield Finding(
            call.parent,
            "a deferred recover() recovers nothing, so a panic ends the process; it must be "
            "called by a deferred function: defer func() { _ = recover() }()",
            fixes=(Fix("call recover in a deferred closure", (edit,)),),
        )
        return
    function = ast.enclosing_function(call)
    if isinstance(function, ast.FuncLit):
        yield from _in_closure(view, call, function)
    elif isinstance(function, ast.FuncDecl):
        yield from _in_function(view, call)


_TEXT = (
    "recover() returns nil here, so a panic ends the process with all that runs in it: only a "
    "deferred function can recover, and must call recover itself"
)


def _in_closure(view: View, call: ast.Call, literal: ast.FuncLit) -> Iterator[Finding]:
    run = literal.parent
    if not isinstance(run, ast.Call) or run.fun is not literal:
        return  # a value: whoever gets it may defer it
    if isinstance(run.parent, ast.Defer):
        return
    how = "goroutine" if isinstance(run.parent, ast.Go) else "closure"
    yield Finding(call, f"{_TEXT}; defer it in this {how}")


def _in_function(view: View, call: ast.Call) -> Iterator[Finding]:
    decl = view.decl
    if decl.name[:1].isupper() or decl.name in ("init", "main"):
        if decl.name in ("init", "main"):
            yield Finding(call, f"{_TEXT}; write defer func() {{ ... }}() around it")
        return
    member = (
        view.package.method(decl.receiver, decl.name)
        if decl.receiver
        else view.package.member(decl.name)
    )
    if member is None:
        return
    sites = callers_of(member)
    if not sites or len(sites) != _mentions(view, member):
        return  # deferred as a value, called through an interface, or out of sight
    if any(isinstance(site.parent, ast.Defer) for _, _, site in sites):
        return
    scope, _, site = next(
        (item for item in sites if item[0] is view.scope and _deferred_around(item[2])),
        sites[0],
    )
    here = scope is view.scope
    related = (view.related(site, "called here, not deferred"),) if here else ()
    fix = _fix(view, site) if here else None
    yield Finding(
        call,
        f"{_TEXT}; write defer {view.text(site.fun) if here else decl.name}()",
        related,
        fixes=(fix,) if fix else (),
    )


def _mentions(view: View, member: Member) -> int:
    """How often the name stands in the package's functions, other than as a field or variable."""
    count = 0
    needle = member.name.encode()
    for scope in view.package.scopes.values():
        content = scope.file.content
        offset = content.find(needle)
        while offset >= 0:
            count += _is_use(scope, member, offset)
            offset = content.find(needle, offset + len(needle))
    return count


def _is_use(scope: FileScope, member: Member, offset: int) -> bool:
    content, size = scope.file.content, len(member.name)
    around = content[offset - 1 : offset] + content[offset + size : offset + size + 1]
    if any(char.isalnum() or char == "_" for char in around.decode("utf-8", "replace")):
        return False
    line = content[content.rfind(b"\n", 0, offset) + 1 : offset]
    if b"//" in line or b'"' in line:
        return False
    decl = scope.file.decl_at(offset)
    # The declaration's own name does not count.
    return decl is not None and not (decl.name == member.name and line.startswith(b"func "))


def _deferred_around(site: ast.Call) -> bool:
    function = ast.enclosing_function(site)
    run = function.parent if isinstance(function, ast.FuncLit) else None
    return isinstance(run, ast.Call) and isinstance(run.parent, ast.Defer)


def _fix(view: View, site: ast.Call) -> Fix | None:
    """`defer f()` for `defer func() { f() }()`."""
    function = ast.enclosing_function(site)
    if not isinstance(function, ast.FuncLit) or not _deferred_around(site):
        return None
    run = function.parent
    if not isinstance(run, ast.Call) or run.args or len(function.body.stmts) != 1:
        return None
    if not isinstance(site.parent, ast.ExprStmt):
        return None
    for part in site.args:
        root = ast.unparen(part)
        if not isinstance(root, ast.BasicLit) and not (
            isinstance(root, ast.Ident) and isinstance(root.obj, Local) and root.obj.role == "param"
        ):
            return None  # evaluated at the defer, not when it runs
    return Fix("defer it directly", (view.replace(run, view.text(site)),))


RULE = Rule(
    id="GLC805",
    name="recover-without-effect",
    summary="recover() that can stop no panic",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Call,),
    triggers=(b"recover()",),
    source="S3.2",
    fix="safe",
    tests=False,
    tags=("defer",),
)
