"""## What it finds
A WaitGroup whose counter never comes back to zero:
- a path through the goroutine that skips `wg.Done` (an early return, a panic that a deferred
  `recover` swallows, `runtime.Goexit`);
- an `Add` of more than there are calls of `Done`;
- a `Wait` inside the loop that starts the goroutines, which waits for those that are still to
  be started.

## What happens under load
`Wait` never returns. One corrupt picture among a million makes one goroutine return early; the
request that started it hangs for ever, with its connection, its buffers and all that it had
locked. At one such picture a second a server holds 3,600 stuck requests after an hour, and
whatever limits their number is used up.

## Example
```go
wg.Add(1)
go func() {
        size, err := decode(p)
        if err != nil {
                return
        }
        sizes[i] = size
        wg.Done()
}()
```

## Use instead
```go
wg.Add(1)
go func() {
        defer wg.Done()
        size, err := decode(p)
        ...
}()
```
From Go 1.25 on: `wg.Go(func() { ... })`.

## When it stays silent
- `defer wg.Done()` comes first, or every path calls `Done`, directly, in a function that it calls
  or in a closure that it hands on.
- `Done` is called in a loop: then jobs are counted, not goroutines.
- The group is counted elsewhere, or only under a condition, or it is nil on that path.
- A loop starts the goroutines and its bound is not what was counted: some of them are.
- The goroutine calls `Add` itself.
- The group is handed to something out of sight.

## Go versions
All.

## Fix
Safe: writes `defer wg.Done()` as the first statement and takes the other calls away; from Go 1.25
on, where the goroutine is a closure without arguments that `wg.Add(1)` stands right before, it
writes `wg.Go`. Offered where nothing follows those calls in the goroutine.

## Source
Tu et al., "Understanding Real-World Concurrency Bugs in Go" (ASPLOS 2019), misuse of WaitGroup;
Liu et al., GCatch (ASPLOS 2021).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Related, Severity, Span, Step
from golint_concurrency.edits import delete_line
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import cfg, facts, loops
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.cfg_queries import must_pass
from golint_concurrency.semantics.flow import call_never_returns, graph_of, recovers
from golint_concurrency.semantics.infer import callee_of, type_of
from golint_concurrency.semantics.objects import Local, Object
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.waitgroups import (
    Operation,
    Path,
    given_paths,
    hands_on,
    operation,
    operations,
)
from golint_concurrency.syntax import ast

Given = dict[Object, Path]


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    if not isinstance(statement.call, ast.Call):
        return
    function = ast.enclosing_function(statement)
    if function is None or function.body is None:
        return
    target = target_of(view.scope, callee_of(view.scope, statement.call.fun))
    if target is None or target.node.body is None:
        return
    scope = scope_of(target)
    if b".Done()" not in scope.file.slice(target.node.start, target.node.end):
        return
    given = given_paths(view.scope, statement.call, target)
    inside = list(operations(scope, target.node.body, given))
    counted = {op.group for op in inside if op.kind == "add"}
    dones = [op for op in inside if op.kind == "done" and op.group not in counted]
    for group in dict.fromkeys(op.group for op in dones):
        own = [op for op in dones if op.group == group]
        adds = _adds_before(view, function, statement, group)
        if not adds:
            continue
        skipped = _skipped(view, statement, target, given, group, own, adds[-1])
        if skipped is not None:
            yield skipped
            return
        yield from _waits_in_loop(view, function, statement, group)
        yield from _too_few(view, function, statement, group)


def _adds_before(view: View, function: ast.Func, statement: ast.Go, group: Path) -> list[Operation]:
    """`Add` calls that count the goroutine: before it, and not under a condition of their own."""
    found: list[Operation] = []
    for op in _adds(view, function).get(group, ()):
        node = op.call
        if node.start >= statement.start:
            continue
        block = node.parent.parent if node.parent is not None else None
        if isinstance(block, ast.Block) and block.start <= statement.start < block.end:
            found.append(op)
    return found


def _adds(view: View, function: ast.Func) -> dict[Path, list[Operation]]:
    """All `Add` calls of a function, by group."""
    assert function.body is not None
    memo, key = view.package.memo, ("waitgroup-adds", view.scope.file.path, function.start)
    if key not in memo:
        found: dict[Path, list[Operation]] = {}
        for node in ast.walk_function(function.body):
            op = operation(view.scope, node) if isinstance(node, ast.Call) else None
            if op is not None and op.kind == "add":
                found.setdefault(op.group, []).append(op)
        memo[key] = found
    return memo[key]  # type: ignore[return-value]


def _conditions(view: View, statement: ast.Go) -> dict[str, bool]:
    """What holds where the goroutine is started, as far as branches of its function tell."""
    found: dict[str, bool] = {}
    child: ast.Node = statement
    up = statement.parent
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If) and child is not up.cond and child is not up.init:
            found.setdefault(view.text(up.cond), child is up.then)
        child, up = up, up.parent
    return found


# ------------------------------------------------------------------------ skipped on a path


def _skipped(
    view: View,
    statement: ast.Go,
    target: FunctionInfo,
    given: Given,
    group: Path,
    dones: list[Operation],
    add: Operation,
) -> Finding | None:
    if _is_deferred_first(target, dones):
        return None  # the common case, without a look at the graph
    if not _counts_each(view, statement, add):
        return None
    graph = graph_of(target)
    if graph is None or graph.broken or any(_in_loop(op, target) for op in dones):
        return None
    if not any(ast.enclosing_function(op.call) is target.node for op in dones) and not any(
        isinstance(stmt, ast.Defer) for stmt in graph.defers
    ):
        return None
    scope = scope_of(target)
    caught = recovers(target)
    inner = _inside(group, given)

    def settles(node: ast.Node) -> bool:
        for part in ast.walk(node) if not isinstance(node, _MARKERS) else cfg.evaluated(node):
            if isinstance(part, ast.Call):
                op = operation(scope, part, given)
                if op is not None and op.group == group and op.kind == "done":
                    return True
                if _ends_process(scope, part, caught):
                    return True
            if hands_on(scope, part, inner):
                return True
        return False

    held = _conditions(view, statement) if isinstance(target.node, ast.FuncLit) else {}

    def possible(edge: cfg.Edge) -> bool:
        if edge.cond is None:
            return True
        if held and held.get(scope.file.text(edge.cond), edge.when) is not edge.when:
            return False
        return not _says_nil(scope, edge.cond, edge.when is True)

    exits = frozenset({"return", "end", "panic", "noreturn"})
    path = must_pass(graph, None, settles, exits=exits, follow=possible)
    if path is None or path.exit is None:
        return None
    where = path.exit.node
    if scope.file is view.scope.file:
        place = view.range(path.exit.offset, path.exit.offset + 1)
        if where is not None:
            place = view.span(where)
        done = dones[0].call
    else:
        place, done = None, None
    name = f"{_text(view, add)}.Done"
    verb = {"panic": "panics", "noreturn": "ends"}.get(path.exit.kind, "returns")
    related = [view.related(add.call, "it is counted here")]
    if place is not None and done is not None:
        related.append(Related(place, f"the goroutine {verb} here without {name}"))
        related.append(view.related(done, "other paths call Done here"))
    remedy = f"defer {name}() first"
    if view.go >= (1, 25):
        remedy += f", or start it with {_text(view, add)}.Go"
    fix = _fix(view, statement, target, dones, add)
    span = Span(view.path, statement.start, _head_end(statement))
    first = Step(span, "the goroutine starts here")
    return Finding(
        statement,
        f"this goroutine has a path that skips {name}, so Wait blocks for ever and everything "
        f"that waits with it piles up; {remedy}",
        tuple(related),
        flow=view.path_steps(path, first) if place is not None else (),
        fixes=(fix,) if fix else (),
        span=span,
    )


def _is_deferred_first(target: FunctionInfo, dones: list[Operation]) -> bool:
    """True if `Done` is deferred before the goroutine can branch."""
    assert target.node.body is not None
    for stmt in target.node.body.stmts:
        if isinstance(stmt, ast.Defer):
            if any(stmt.start <= op.call.start < stmt.end for op in dones):
                return stmt.call in [op.call for op in dones]
        elif not isinstance(stmt, ast.Assign | ast.DeclStmt | ast.ExprStmt):
            return False
    return False


_MARKERS = (ast.Range, ast.TypeSwitch, ast.Select)


def _inside(group: Path, given: Given) -> Path:
    """The group as the goroutine's function names it."""
    for local, path in given.items():
        if path[0] is group[0] and group[1][: len(path[1])] == path[1]:
            return local, group[1][len(path[1]) :]
    return group


def _in_loop(op: Operation, target: FunctionInfo) -> bool:
    """True if `Done` can run more than once in one run of the goroutine."""
    up: ast.Node | None = op.call
    while up is not None and up is not target.node:
        if isinstance(up, ast.For | ast.Range):
            return True
        up = up.parent
    return False


def _ends_process(scope: FileScope, call: ast.Call, caught: bool) -> bool:
    """True if nobody waits for the group any more once `call` has run."""
    if is_builtin(scope, call, "panic"):
        return not caught
    if not isinstance(call.parent, ast.ExprStmt) or not call_never_returns(scope, call):
        return False
    callee = callee_of(scope, call.fun)
    known = facts.of(callee.name) if callee is not None and callee.name else None
    return known is None or "goexit" not in known


def _says_nil(scope: FileScope, cond: ast.Expr, when: bool) -> bool:
    """True if `cond` being `when` says that a WaitGroup is nil."""
    if not isinstance(cond, ast.Binary) or cond.op not in ("==", "!="):
        return False
    if not (isinstance(cond.y, ast.Ident) and cond.y.name == "nil"):
        return False
    return str(type_of(scope, cond.x)) == "*sync.WaitGroup" and (cond.op == "==") is when


# --------------------------------------------------------------------------- wait in the loop


def _waits_in_loop(
    view: View, function: ast.Func, statement: ast.Go, group: Path
) -> Iterator[Finding]:
    """`Wait` on every turn of the loop that starts the goroutines, all counted before it."""
    around = ast.enclosing_loops(statement)
    if not around:
        return
    loop = around[0]
    turns = loops.bound(view.scope, loop)
    if turns is not None and turns <= 1:
        return
    inside = [op for op in operations(view.scope, loop.body) if op.group == group]
    if any(op.kind in ("add", "go") for op in inside):
        return
    for op in inside:
        line = op.call.parent
        if op.kind != "wait" or not isinstance(line, ast.ExprStmt):
            continue
        if line.parent is not loop.body or op.call.start < statement.start:
            continue
        if any(isinstance(stmt, ast.Return) for stmt in loop.body.stmts):
            return
        last = loop.body.stmts[-1]
        if isinstance(last, ast.Branch) and last.op == "break":
            return
        assert function.body is not None
        adds = [
            add
            for add in operations(view.scope, function.body)
            if add.group == group and add.kind == "add" and add.call.start < loop.start
        ]
        if len(adds) != 1 or adds[0].amount == 1:
            return
        yield Finding(
            op.call,
            "this waits for goroutines that later turns of the loop are still to start, so it "
            "blocks for ever; move Wait behind the loop",
            (
                view.related(adds[0].call, "all are counted here"),
                view.related(statement, "each turn starts one"),
            ),
        )


# ------------------------------------------------------------------------------- fewer dones


def _counts_each(view: View, statement: ast.Go, add: Operation) -> bool:
    """False if a loop starts the goroutines and what is counted before it is not its bound: only
    some of them may be meant to call Done."""
    outer = [
        loop
        for loop in ast.enclosing_loops(statement)
        if not loop.start <= add.call.start < loop.end
    ]
    if not outer or add.amount is not None or not add.call.args:
        return True
    counted = view.text(add.call.args[0])
    content = view.scope.file.content
    return any(
        counted.encode() in content[loop.start : loop.body.start]
        or (
            isinstance(loop, ast.Range)
            and counted in (view.text(loop.x), f"len({view.text(loop.x)})")
        )
        for loop in outer
    )


def _too_few(view: View, function: ast.Func, statement: ast.Go, group: Path) -> Iterator[Finding]:
    """`Add` of constants that are more than all calls of `Done` in sight can take back."""
    root = group[0]
    assert function.body is not None
    if not isinstance(root, Local) or group[1] or root.owner is not function:
        return
    if root.ident.start < function.body.start:
        return
    memo, key = (
        view.package.memo,
        ("waitgroup-first-goroutine", view.scope.file.path, root.ident.start),
    )
    if key not in memo:
        memo[key] = next(
            (
                node.start
                for node in ast.walk_function(function.body)
                if isinstance(node, ast.Go) and _mentions(node, root)
            ),
            None,
        )
    if memo[key] != statement.start:
        return  # say it once
    total, dones, waits = 0, 0, False
    largest: Operation | None = None
    for use in root.uses:
        op = _use_as_operation(view, use)
        if op is None:
            return
        if op.kind == "go":
            return
        if op.kind == "wait":
            waits = True
            continue
        turns = _times(view, op, function)
        if turns is None:
            return
        if op.kind == "done":
            if op.amount is not None and op.amount != -1:
                return
            dones += turns
        else:
            if op.amount is None or turns != 1 or not _unconditional(op, function):
                return
            total += op.amount
            if largest is None or op.amount > (largest.amount or 0):
                largest = op
    if waits and largest is not None and total > dones:
        yield Finding(
            largest.call,
            f"this counts {total} but Done is called at most {dones} times, so Wait blocks for "
            "ever; count each goroutine where it starts",
            (view.related(statement, "a goroutine that calls Done"),),
        )


def _mentions(node: ast.Node, root: Local) -> bool:
    return any(node.start <= use.start < node.end for use in root.uses)


def _use_as_operation(view: View, use: ast.Ident) -> Operation | None:
    parent = use.parent
    if isinstance(parent, ast.Selector) and isinstance(parent.parent, ast.Call):
        return operation(view.scope, parent.parent)
    return None


def _times(view: View, op: Operation, function: ast.Func) -> int | None:
    """How often the operation can run at most in one run of `function`."""
    times = 1
    node: ast.Node = op.call
    up = node.parent
    while up is not None and up is not function:
        if isinstance(up, ast.For | ast.Range) and not (
            isinstance(up, ast.For) and node is up.init
        ):
            turns = loops.bound(view.scope, up)
            if turns is None:
                return None
            times *= turns
        if isinstance(up, ast.FuncLit):
            call = up.parent
            if not isinstance(call, ast.Call) or call.fun is not up:
                return None
        node, up = up, up.parent
    return times


def _unconditional(op: Operation, function: ast.Func) -> bool:
    line = op.call.parent
    return isinstance(line, ast.ExprStmt) and line.parent is function.body


# -------------------------------------------------------------------------------------- fix


def _fix(
    view: View, statement: ast.Go, target: FunctionInfo, dones: list[Operation], add: Operation
) -> Fix | None:
    node, call = target.node, statement.call
    if not isinstance(node, ast.FuncLit) or not isinstance(call, ast.Call) or call.fun is not node:
        return None
    body = node.body
    if not body.stmts or b"\n" not in view.scope.file.content[body.start : body.stmts[0].start]:
        return None
    edits: list[Edit] = []
    for op in dones:
        line = op.call.parent
        if ast.enclosing_function(op.call) is not node or op.call.args:
            return None
        if not isinstance(line, ast.ExprStmt | ast.Defer) or not _is_last(line, body):
            return None
        whole = delete_line(view, line)
        if whole is None:
            return None
        edits.append(whole)
    fun = dones[0].call.fun
    assert isinstance(fun, ast.Selector)
    group = view.text(fun.x)
    if view.go >= (1, 25) and not call.args and not node.type.params:
        counted = _previous(statement)
        if counted is not None and counted is add.call.parent and add.amount == 1:
            add_fun = add.call.fun
            whole = delete_line(view, counted)
            if whole is not None and isinstance(add_fun, ast.Selector):
                edits += [
                    whole,
                    Edit(view.range(statement.start, node.start), f"{view.text(add_fun.x)}.Go("),
                    Edit(view.range(node.end, call.end), ")"),
                ]
                return Fix(f"start it with {group}.Go", tuple(edits))
    first = body.stmts[0]
    if any(edit.span.start <= first.start < edit.span.end for edit in edits):
        return None
    edits.append(view.insert(first.start, f"defer {group}.Done()\n{view.indent(first)}"))
    return Fix(f"defer {group}.Done() first", tuple(edits))


def _is_last(line: ast.Stmt, body: ast.Block) -> bool:
    """True if the goroutine ends right after `line`."""
    if isinstance(line, ast.Defer):
        return line.parent is body
    block = line.parent
    if not isinstance(block, ast.Block) or len(block.stmts) < (1 if block is body else 2):
        return False
    at = block.stmts.index(line)
    if at + 1 == len(block.stmts):
        return block is body
    return at + 2 == len(block.stmts) and isinstance(block.stmts[at + 1], ast.Return)


def _previous(statement: ast.Stmt) -> ast.Stmt | None:
    block = statement.parent
    if not isinstance(block, ast.Block):
        return None
    at = block.stmts.index(statement)
    return block.stmts[at - 1] if at else None


def _text(view: View, add: Operation) -> str:
    fun = add.call.fun
    return view.text(fun.x) if isinstance(fun, ast.Selector) else "wg"


def _head_end(statement: ast.Go) -> int:
    call = statement.call
    if isinstance(call, ast.Call) and isinstance(call.fun, ast.FuncLit):
        return call.fun.type.end
    return statement.end


RULE = Rule(
    id="GLC107",
    name="waitgroup-done-missed",
    summary="WaitGroup whose counter never comes back to zero",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Go,),
    needs=(b".Add(",),
    source="A",
    fix="safe",
    tags=("goroutines",),
)
