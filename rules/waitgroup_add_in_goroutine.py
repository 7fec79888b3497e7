"""## What it finds
`wg.Add` inside the goroutine that it counts. `Wait` may run before the goroutine does, sees a
counter of zero, and returns.

## What happens under load
On an idle machine the new goroutines start at once and all is well. With every core busy, 200
goroutines of a batch may still be in the run queue when the starter reaches `Wait`: it goes on
with none, or only some, of the 200 results, and the late goroutines write to memory that the
starter believes to be its own. `Add` that runs together with such a `Wait` can also panic
("WaitGroup misuse").

## Example
```go
for i, title := range titles {
        go func() {
                wg.Add(1)
                defer wg.Done()
                sections[i] = render(title)
        }()
}
wg.Wait()
```

## Use instead
```go
for i, title := range titles {
        wg.Add(1)
        go func() {
                defer wg.Done()
                sections[i] = render(title)
        }()
}
wg.Wait()
```
From Go 1.25 on, `wg.Go(func() { ... })` does both.

## When it stays silent
- The goroutine does not call `Done` itself: it counts others that it starts.
- The starter has already counted it with an `Add` before the `go` statement.
- The goroutine tells its starter that it has begun (a send, a close, another group) and the
  starter waits for that.
- The `Add` is made under a lock, with which the one who waits can rule it out.
- The group is the goroutine's own, or cannot be told.

It is a note where a function of another package counts itself: who starts it cannot mend that.

## Go versions
All.

## Fix
Safe: moves the `Add` to the line before `go`. Offered where the goroutine is a closure and the
`Add` of a constant is the first thing that it does.

## Source
go vet's waitgroup and staticcheck's SA2000, which look at the first statement of a closure; this
rule also looks into named functions and methods.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import delete_line
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import calls_in, scope_of, target_of
from golint_concurrency.semantics.goroutines import received_channel
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local, Object
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.waitgroups import (
    Operation,
    Path,
    given_paths,
    operation,
    operations,
)
from golint_concurrency.syntax import ast

Given = dict[Object, Path]


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    if not isinstance(statement.call, ast.Call):
        return
    target = target_of(view.scope, callee_of(view.scope, statement.call.fun))
    if target is None or target.node.body is None:
        return
    scope = scope_of(target)
    if b".Add(" not in scope.file.slice(target.node.start, target.node.end):
        return
    given = given_paths(view.scope, statement.call, target)
    own = list(_own_operations(target, given))
    for add in own:
        if add.kind != "add" or _is_its_own(add, target):
            continue
        if not any(item.kind == "done" and item.group == add.group for item in own):
            continue
        if _counts_others(target, add, given) or _ordered(view, statement, target, add):
            continue
        message = (
            "Wait can run before this goroutine has counted itself, and then returns while the "
            "goroutine still works: a busy machine starts goroutines late; "
            "call Add before the go statement"
        )
        if scope.file is view.scope.file:
            if target.memo.setdefault("counts-itself", statement) is not statement:
                return  # started in several places, and reported already
            related = view.related(statement, "the goroutine starts here")
            fix = _fix(view, statement, target, add)
            yield Finding(add.call, message, (related,), fixes=(fix,) if fix else ())
        else:
            theirs = scope.package is not view.package
            yield Finding(statement, message, severity=Severity.NOTE if theirs else None)
        return


def _own_operations(target: FunctionInfo, given: Given) -> Iterator[Operation]:
    """What runs on the goroutine itself: its body, and closures that it defers or calls."""
    assert target.node.body is not None
    scope = scope_of(target)
    for node in ast.walk_function(target.node.body):
        found = operation(scope, node, given)
        if found is not None:
            yield found
        elif isinstance(node, ast.Call) and isinstance(node.fun, ast.FuncLit):
            if not isinstance(node.parent, ast.Go):
                yield from operations(scope, node.fun.body, given)


def _is_its_own(add: Operation, target: FunctionInfo) -> bool:
    """True for a group that the goroutine makes, or gets from where we cannot see."""
    root = add.group[0]
    inside = target.node.start, target.node.end
    return isinstance(root, Local) and inside[0] <= root.ident.start < inside[1]


def _counts_others(target: FunctionInfo, add: Operation, given: Given) -> bool:
    """True if goroutines that this one starts call `Done` on the group, after the `Add`."""
    assert target.node.body is not None
    scope = scope_of(target)
    for node in ast.walk(target.node.body):
        if isinstance(node, ast.Go) and node.start > add.call.start:
            if any(op.group == add.group for op in operations(scope, node, given)):
                return True
            call = node.call
            if isinstance(call, ast.Call) and not isinstance(call.fun, ast.FuncLit):
                return True
    return False


def _ordered(view: View, statement: ast.Go, target: FunctionInfo, add: Operation) -> bool:
    """True if an `Add` before `go` counts the goroutine, or the starter waits for its start."""
    function = ast.enclosing_function(statement)
    if function is None or function.body is None:
        return True
    assert target.node.body is not None
    if _locks_before(target, add):
        return True
    tells = any(
        isinstance(node, ast.Send)
        or (isinstance(node, ast.Call) and view.text(node.fun) == "close")
        for node in ast.walk_function(target.node.body)
        if scope_of(target).file is view.scope.file
    )
    for node in ast.walk(function.body):
        if statement.start <= node.start < statement.end or (
            target.node.start <= node.start < target.node.end
        ):
            continue
        found = operation(view.scope, node)
        if found is not None:
            if found.kind == "add" and found.group == add.group and node.start < statement.start:
                return True
            if found.kind == "wait" and found.group != add.group:
                return True
        elif tells and node.start > statement.start and received_channel(node) is not None:
            return True
    return False


def _locks_before(target: FunctionInfo, add: Operation) -> bool:
    """True if the `Add` is made under a lock, which may order it with the `Wait`."""
    return any(
        site.name in _LOCKS and site.call.start < add.call.start for site in calls_in(target)
    )


_LOCKS = frozenset(["sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock"])


def _fix(view: View, statement: ast.Go, target: FunctionInfo, add: Operation) -> Fix | None:
    node, body = target.node, target.node.body
    line = add.call.parent
    if not isinstance(node, ast.FuncLit) or body is None or add.amount is None:
        return None
    if not isinstance(statement.call, ast.Call) or statement.call.fun is not node:
        return None
    if not body.stmts or line is not body.stmts[0] or not isinstance(line, ast.ExprStmt):
        return None
    fun = add.call.fun
    if not isinstance(fun, ast.Selector) or not isinstance(statement.parent, ast.Block):
        return None
    group = view.text(fun.x)
    for part in ast.walk(fun.x):
        if isinstance(part, ast.Ident) and part.obj in target.params:
            if part is not fun.x:
                return None
            argument = statement.call.args[target.params.index(part.obj)]
            group = view.text(argument).removeprefix("&")
    removed = delete_line(view, line)
    if removed is None:
        return None
    moved = view.scope.file.content[line.end : removed.span.end]
    comment = moved.decode("utf-8", "replace").rstrip()
    if comment.encode() != moved.rstrip():
        return None  # it would not arrive as it was
    text = f"{group}.{fun.sel.name}({', '.join(view.text(arg) for arg in add.call.args)})"
    return Fix(
        "count the goroutine before it starts",
        (
            view.insert(statement.start, f"{text}{comment}\n{view.indent(statement)}"),
            removed,
        ),
    )


RULE = Rule(
    id="GLC106",
    name="waitgroup-add-in-goroutine",
    summary="WaitGroup.Add inside the goroutine that it counts",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Go,),
    needs=(b".Done()",),
    source="P",
    fix="safe",
    tags=("goroutines",),
)
