"""## What it finds
`time.After` that is evaluated again on every turn of a loop: in a `select`, in a receive, or in a
helper that a loop calls.

## What happens under load
Each turn makes a timer and a channel. Before Go 1.23 the runtime keeps both until the timer
fires, even if another case of the `select` was faster. A consumer that handles 20,000 messages a
second with a one-minute timeout holds 1.2 million timers (over 200 MB), and every insertion into
the timer heap gets slower. From Go 1.23 on an unreferenced timer is collected, and what is left
is two allocations a turn.

## Example
```go
for {
        select {
        case msg := <-queue:
                handle(msg)
        case <-time.After(time.Minute):
                return
        }
}
```

## Use instead
```go
timer := time.NewTimer(time.Minute)
defer timer.Stop()
for {
        timer.Reset(time.Minute)
        select {
        case msg := <-queue:
                handle(msg)
        case <-timer.C:
                return
        }
}
```
Before Go 1.23, stop and drain the timer before `Reset`; the fix writes that where `go.mod` asks
for it.

## When it stays silent
- The loop makes at most ten turns, by a constant.
- The timer channel is kept in a variable outside the loop.

Where no turn can end before its timer has fired (a plain `<-time.After(d)`, or a `select` whose
other cases all leave the loop), nothing piles up: the finding is a note about the allocation.

## Go versions
Before 1.23 a warning about the pile of timers; from 1.23 a note about allocations.

## Fix
Unsafe: makes one timer before the loop and resets it on every turn. Offered where the duration
can be computed before the loop.

## Source
Article chapters 1 and 4.3 (timers under high concurrency); Go 1.23 release notes, "Timer changes".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Related, Severity
from golint_concurrency.edits import free_name
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.callgraph import callers_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.syntax import ast

SMALL = 10


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    around = _open_loops(view, call)
    related: tuple[Related, ...] = ()
    if around:
        related = (view.related(around[0], "the loop that makes a timer on every turn"),)
    else:
        caller = _caller_loop(view, call)
        if caller is None:
            return
        related = (caller,)
    collected = view.go >= (1, 23)
    piles_up = bool(around) and _turns_before_firing(call, around[0])
    if collected or not piles_up:
        message = (
            "time.After in a loop allocates a timer and a channel on every turn; "
            "make one timer before the loop and Reset it"
        )
        severity = Severity.NOTE
    else:
        message = (
            "every turn of this loop leaves a timer behind until it fires, "
            "so timers pile up while the other cases are busy; "
            "make one timer with time.NewTimer before the loop and Reset it on every turn"
        )
        severity = Severity.WARNING
    fix = _fix(view, call, around) if around else None
    yield Finding(call, message, related, severity=severity, fixes=(fix,) if fix else ())


def _open_loops(view: View, call: ast.Call) -> list[ast.For | ast.Range]:
    around = ast.enclosing_loops(call)
    for loop in around:
        turns = loops.bound(view.scope, loop)
        if turns is None or turns > SMALL:
            return around
    return []


def _caller_loop(view: View, call: ast.Call) -> Related | None:
    """The loop in the same package that calls the function around `call` on every turn."""
    function = ast.enclosing_function(call)
    if not isinstance(function, ast.FuncDecl):
        return None
    decl = view.decl
    member: Member | None
    if decl.receiver:
        member = view.package.method(decl.receiver, decl.name)
    else:
        member = view.package.member(decl.name)
    if member is None:
        return None
    for scope, _, site in callers_of(member):
        if scope.file is not view.scope.file:
            continue
        for loop in ast.enclosing_loops(site):
            turns = loops.bound(scope, loop)
            if turns is None or turns > SMALL:
                return view.related(site, "called here on every turn of a loop")
    return None


def _turns_before_firing(call: ast.Call, loop: ast.For | ast.Range) -> bool:
    """True if the loop can turn again while this timer still runs."""
    up: ast.Node | None = call
    while up is not None and up is not loop and not isinstance(up, ast.Select):
        if isinstance(up, ast.Unary) and up.op == "<-" and not _is_comm(up):
            return False
        up = up.parent
    if not isinstance(up, ast.Select):
        return True
    return any(not _holds(clause, call) and not _leaves(clause.body, loop) for clause in up.clauses)


def _is_comm(receive: ast.Unary) -> bool:
    up: ast.Node | None = receive.parent
    while isinstance(up, ast.Expr | ast.ExprStmt | ast.Assign):
        up = up.parent
    return isinstance(up, ast.CommClause)


def _holds(clause: ast.CommClause, call: ast.Call) -> bool:
    comm = clause.comm
    return comm is not None and comm.start <= call.start < comm.end


def _leaves(body: ast.Block, loop: ast.For | ast.Range) -> bool:
    """True if the clause ends by leaving the loop."""
    if not body.stmts:
        return False
    last = body.stmts[-1]
    if isinstance(last, ast.Return):
        return True
    label = loop.parent.label if isinstance(loop.parent, ast.Labeled) else None
    return isinstance(last, ast.Branch) and (
        last.op == "goto" or (last.op == "break" and last.label is not None and last.label == label)
    )


def _fix(view: View, call: ast.Call, around: list[ast.For | ast.Range]) -> Fix | None:
    loop = around[-1]
    anchor: ast.Node = loop.parent if isinstance(loop.parent, ast.Labeled) else loop
    statement = _turn_statement(call)
    if statement is None or len(call.args) != 1 or not isinstance(anchor.parent, ast.Block):
        return None
    for node in ast.walk(call.args[0]):
        if isinstance(node, ast.Call | ast.FuncLit):
            return None
        if isinstance(node, ast.Ident):
            obj = view.scope.resolve(node)
            if isinstance(obj, Local) and obj.ident.start >= anchor.start:
                return None
    timer = free_name(view, "timer")
    package, imports = view.import_name("time")
    duration = view.text(call.args[0])
    # gofmt sets a label one tab to the left of the statements around it.
    outer, inner = view.indent(anchor), view.indent(statement)
    body = view.indent(loop)
    reset = f"{timer}.Reset({duration})\n{inner}"
    if view.go < (1, 23):
        reset = (
            f"if !{timer}.Stop() {{\n{inner}\tselect {{\n{inner}\tcase <-{timer}.C:\n"
            f"{inner}\tdefault:\n{inner}\t}}\n{inner}}}\n{inner}{reset}"
        )
    return Fix(
        "make one timer before the loop and reset it on every turn",
        (
            *imports,
            view.insert(
                anchor.start,
                f"{body.removeprefix(outer)}{timer} := {package}.NewTimer({duration})\n"
                f"{body}defer {timer}.Stop()\n{outer}",
            ),
            view.insert(statement.start, reset),
            view.replace(call, f"{timer}.C"),
        ),
        safe=False,
    )


def _turn_statement(call: ast.Call) -> ast.Stmt | None:
    """The statement in a block that holds `call`: the select, or the receive itself."""
    up: ast.Node | None = call
    while up is not None:
        if isinstance(up, ast.Stmt) and isinstance(up.parent, ast.Block):
            return up
        if isinstance(up, ast.FuncLit | ast.FuncDecl):
            return None
        up = up.parent
    return None


RULE = Rule(
    id="GLC401",
    name="time-after-in-loop",
    summary="time.After on every turn of a loop piles up timers",
    severity=Severity.WARNING,
    check=check,
    calls=("time.After",),
    needs=(b'"time"',),
    source="S1, S4.3",
    fix="unsafe",
    tags=("timers",),
)
