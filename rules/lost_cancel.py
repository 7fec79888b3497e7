"""## What it finds
A cancel function (`context.WithCancel`, `WithTimeout`, `WithDeadline`, their Cause forms, the stop
of `signal.NotifyContext`) that is thrown away with `_`, or that a path to a return never uses.

## What happens under load
The parent keeps the derived context, and its timer, until the parent ends or the time is up. With
a ten minute timeout and 500 requests a second, 300,000 contexts and timers are held at once.

## Example
```go
ctx, _ := context.WithTimeout(parent, 10*time.Minute)
return fetch(ctx)
```

## Use instead
```go
ctx, cancel := context.WithTimeout(parent, 10*time.Minute)
defer cancel()
return fetch(ctx)
```

## When it stays silent
- Every path calls, defers, returns, stores or passes on the cancel function, or makes a closure
  that mentions it.
- That of `signal.NotifyContext` in package `main`: it is only a note that it is thrown away.
- It is thrown away, but the context that is wrapped was made by a statement before that keeps its
  own cancel function: that ends both.
- The variable is a named result or belongs to a function around this one.
- A loop sets a variable that is declared outside of it: the cancel function is state that another
  turn uses.
- Test files; `main.main`, which ends with the process; functions that could not be read in full.

## Go versions
All.

## Fix
Adds `defer cancel()` below the assignment, or moves it there. Offered outside of loops, where the
context does not outlive the function: what is called with it is in sight, or is known to be over
when it returns.

## Source
Article chapter 3.3; go vet's lostcancel.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import delete_line, free_name
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import cfg, facts
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.cfg_queries import may_reach, must_pass
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_ADVICE = "write defer cancel() right after it"
_MAX_FOLLOWED = 50
"""Variables that one context is followed through."""


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    statement = call.parent
    info = view.function_of(call)
    if info is None or not isinstance(statement, ast.Assign) or len(statement.lhs) != 2:
        return
    if view.in_main and view.decl.name == "main" and not view.decl.receiver:
        return
    target = statement.lhs[1]
    if not isinstance(target, ast.Ident):
        return
    fix = _fix(view, call, statement, target)
    fixes = (fix,) if fix is not None else ()
    if target.name == "_" and _parent_is_cancelled(call, statement):
        return
    if target.name == "_":
        once = view.in_main and view.name_of(call) == "os/signal.NotifyContext"
        yield Finding(
            call,
            "the cancel function is thrown away, so the context and its timer stay with the "
            f"parent and pile up with every call; keep it and {_ADVICE}",
            fixes=fixes,
            severity=Severity.NOTE if once else None,
        )
        return
    local, graph = target.obj, graph_of(info)
    if not isinstance(local, Local) or local.owner is not info.node or local.role == "result":
        return
    if graph is None or graph.broken:
        return
    if any(local.ident.start < loop.start for loop in ast.enclosing_loops(call)):
        return
    # `&cancel` or a closure made earlier can use it at any time.
    for use in local.uses:
        early = use.start < call.start and ast.enclosing_function(use) is not info.node
        if early or isinstance(use.parent, ast.Unary):
            return

    def written(node: ast.Node) -> bool:
        return isinstance(node, ast.Assign) and any(
            isinstance(left, ast.Ident) and left.obj is local for left in node.lhs
        )

    def used(node: ast.Node) -> bool:
        return any(
            node.start <= use.start < node.end
            and not (isinstance(use.parent, ast.Assign) and use in use.parent.lhs)
            and any(part.start <= use.start < part.end for part in cfg.evaluated(node))
            for use in local.uses
        )

    path = must_pass(graph, statement, lambda node: used(node) or written(node))
    where: ast.Node | None = path.exit.node if path is not None and path.exit is not None else None
    word = "returns here without it"
    if path is None:
        path = may_reach(
            graph, statement, lambda node: written(node) and not used(node), blocked_by=used
        )
        word = "overwritten here"
        where = path.goal if path is not None else None
    if path is None:
        return
    yield Finding(
        call,
        f"a path never calls {local.name}, so the context and its timer stay with the parent "
        f"and pile up; {_ADVICE.replace('cancel', local.name)}",
        (view.related(where, word),) if where is not None else (),
        flow=view.path_steps(path, view.step(call, "the context is made here")),
        fixes=fixes,
    )


def _parent_is_cancelled(call: ast.Call, statement: ast.Assign) -> bool:
    """True if the context that it wraps was made by a statement before, which keeps its cancel:
    that ends both."""
    parent = ast.unparen(call.args[0]) if call.args else None
    obj = parent.obj if isinstance(parent, ast.Ident) else None
    block: ast.Node = statement
    while obj is not None and block.parent is not None and not isinstance(block, ast.FuncDecl):
        outer = block.parent
        for before in reversed(outer.stmts if isinstance(outer, ast.Block) else []):
            if before.start < block.start and isinstance(before, ast.Assign):
                names = [name.name if isinstance(name, ast.Ident) else "" for name in before.lhs]
                first = before.lhs[0]
                if isinstance(first, ast.Ident) and first.obj is obj:
                    return len(names) == 2 and names[1] != "_" and len(before.rhs) == 1
        block = outer
    return False


def _fix(view: View, call: ast.Call, statement: ast.Assign, target: ast.Ident) -> Fix | None:
    context = statement.lhs[0]
    info = view.function_of(call)
    if info is None or not isinstance(statement.parent, ast.Block) or ast.enclosing_loops(call):
        return None
    if not isinstance(context, ast.Ident) or not isinstance(context.obj, Local):
        return None
    if not _ends_here(info, context.obj):
        return None
    argument = "nil" if _last(call) == "WithCancelCause" else ""
    name = target.name
    edits: list[Edit] = []
    if name == "_":
        if statement.op != ":=":
            return None
        name = free_name(view, "cancel")
        edits.append(view.replace(target, name))
    elif isinstance(target.obj, Local):
        for use in target.obj.uses:
            done = use.parent
            if use.start < statement.end:
                continue
            if isinstance(done, ast.Assign) and use in done.lhs:
                continue
            if not isinstance(done, ast.Call) or done.fun is not use:
                return None
            if isinstance(done.parent, ast.Defer):
                old = delete_line(view, done.parent)
                if old is None or ast.enclosing_function(use) is not info.node:
                    return None
                if _overwritten(target.obj, statement, done):
                    continue
                edits.append(old)
    indent = view.indent(statement)
    edits.append(view.insert_below(statement, f"\n{indent}defer {name}({argument})"))
    edits.sort(key=lambda edit: edit.span.start)
    return Fix(f"defer {name}({argument})", tuple(edits))


def _last(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.sel.name if isinstance(fun, ast.Selector) else ""


def _overwritten(local: Local, first: ast.Node, last: ast.Node) -> bool:
    """True if `local` is set again between the two."""
    return any(
        isinstance(use.parent, ast.Assign)
        and use in use.parent.lhs
        and first.end <= use.start < last.start
        for use in local.uses
    )


def _ends_here(info: FunctionInfo, context: Local) -> bool:
    """True if nothing uses the context after the function has returned, as far as that is seen."""
    if context.owner is not info.node or context.role == "result":
        return False
    pending, seen = [(info, context)], {context}
    while pending:
        info, local = pending.pop()
        scope = scope_of(info)
        for use in local.uses:
            parent = use.parent
            if isinstance(parent, ast.Assign) and use in parent.lhs:
                continue
            if ast.enclosing_function(use) is not info.node:
                return False
            if isinstance(parent, ast.Selector) and isinstance(parent.parent, ast.Call):
                continue  # ctx.Err(), ctx.Done()
            if not isinstance(parent, ast.Call) or isinstance(parent.parent, ast.Go):
                return False
            callee = callee_of(scope, parent.fun)
            known = facts.of(callee.name) if callee is not None and callee.name else None
            if known is not None and "ctx-bounded" in known and "must" not in known:
                continue
            target = target_of(scope, callee)
            param = param_at(target, parent.args.index(use)) if target is not None else None
            if target is None or len(seen) > _MAX_FOLLOWED:
                return False
            if param is not None and param not in seen:
                seen.add(param)
                pending.append((target, param))
    return True


RULE = Rule(
    id="GLC301",
    name="lost-cancel",
    summary="cancel function of a context that is not called on every path",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=(
        "context.WithCancel",
        "context.WithCancelCause",
        "context.WithTimeout",
        "context.WithTimeoutCause",
        "context.WithDeadline",
        "context.WithDeadlineCause",
        "os/signal.NotifyContext",
    ),
    source="S3.3",
    fix="safe",
    tests=False,
    tags=("context",),
)
