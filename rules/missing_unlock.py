"""## What it finds
A path from `Lock` or `RLock` to a return of the function, or round a loop to the same `Lock`, on
which nothing unlocks, while other paths do.

## What happens under load
The first request that takes the forgotten path, an error that shows up once a day, leaves the lock
held. Every later one stops at `Lock`: at 300 requests a second 18,000 goroutines wait after a
minute, none fails, no CPU is used, and the process has to be killed.

## Example
```go
s.mu.Lock()
item, ok := s.items[key]
if !ok {
        return nil, ErrNotFound // still locked
}
s.mu.Unlock()
return item, nil
```

## Use instead
```go
s.mu.Lock()
defer s.mu.Unlock()
```

## When it stays silent
- No path in the function unlocks: it is a helper that locks for its caller.
- Its name or its comment says that it locks, or one of its callers in the package unlocks.
- It begins something (by its name), and another method of the type only unlocks.
- `Unlock` is deferred, handed on as a value, or called in a closure or a function in sight that
  gets the owner of the lock.
- The path returns something made around the owner of the lock, and a method in the package reaches
  the lock through such a field to give it back.
- The lock is taken under a condition: the unlock may depend on the same one. The function unlocks
  first: it gives the lock back to its caller.
- The path contradicts itself, or ends the process or a test (`t.Fatal`); it panics, and nothing
  in the package recovers. Where something does, a path to a panic is a note; so is one to
  the return of a command, with which the process ends.
- It cannot be told which lock it is: an element of a slice or map.

## Go versions
All.

## Fix
Unsafe: defers the unlock below the lock and drops the other ones. Offered where all of these come
right before a return or the end, so that nothing runs under the lock that did not before.

## Source
Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section 5.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Related, Severity
from golint_concurrency.edits import delete_statement
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.access import ELEMENT
from golint_concurrency.semantics.callgraph import callers_of, member_of_function
from golint_concurrency.semantics.cfg_graph import UNWINDS, Graph
from golint_concurrency.semantics.cfg_queries import Path, Predicate, may_reach, must_pass
from golint_concurrency.semantics.command_functions import is_command_function
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.lock_ops import LOCK, RUNLOCK, UNLOCK, call_op
from golint_concurrency.semantics.locks import UNLOCKS, Lock, lock_of, releases
from golint_concurrency.semantics.mentions import in_package
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

NAMED = re.compile(r"lock|acquire", re.IGNORECASE)
BEGINS = re.compile(
    r"pending|begin|start|prepare|pause|suspend|freeze|hold|block|reserve|enter", re.IGNORECASE
)
SAYS_SO = re.compile(r"\b(held|holds|holding|caller|acquires?)\b", re.IGNORECASE)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    stmt = call.parent
    info = view.function_of(call)
    lock = lock_of(view.scope, call.fun)
    if lock is None or info is None or not isinstance(stmt, ast.ExprStmt):
        return
    if ELEMENT in lock[1]:
        return  # elements are not told apart
    graph = graph_of(info)
    if graph is None or graph.broken:
        return
    unlock = UNLOCKS[view.name_of(call)]
    known: dict[ast.Node, bool] = {}

    def unlocks(node: ast.Node) -> bool:
        if node not in known:
            known[node] = releases(view.scope, node, lock, unlock) or _gives_up(node)
        return known[node]

    path = must_pass(graph, stmt, unlocks)
    if path is None and in_package(view.package, b"recover()"):
        # Where nobody recovers, a panic ends the process, locks and all.
        path = must_pass(graph, stmt, unlocks, exits=UNWINDS)
    if path is None and _is_same_each_turn(stmt, lock):
        # A turn of a loop that goes on to lock again.
        path = may_reach(graph, stmt, lambda node: node is stmt, blocked_by=unlocks)
    if path is None:
        return
    if not any(unlocks(node) for block in graph.blocks for node in block.nodes):
        return

    def locks(node: ast.Node) -> bool:
        return releases(view.scope, node, lock, view.name_of(call))

    if _is_conditional(stmt) or _unlocks_first(graph, unlocks, locks):
        return
    if _locks_for_caller(view, info, unlock.rsplit(".", 1)[1]):
        return
    if _given_back_elsewhere(view, info, call, unlock.rsplit(".", 1)[1]):
        return
    if path.exit is not None and _handed_on(view, path.exit.node, lock, call, unlock):
        return
    method = unlock.rsplit(".", 1)[1]
    text = view.text(call.fun.x) if isinstance(call.fun, ast.Selector) else "it"
    related: tuple[Related, ...] = ()
    if path.exit is None:
        where, remedy = "to the next turn of the loop", "at the end of every turn"
    else:
        end_kind = "panic" if path.exit.kind == "panic" else "return"
        where, remedy = f"to a {end_kind}", f"before that {end_kind}"
        end = view.range(path.exit.offset, path.exit.offset + 1)
        if path.exit.node is not None:
            end = view.span(path.exit.node)
        related = (Related(end, f"{end_kind}s with the lock held"),)
    yield Finding(
        call,
        f"{text} stays locked on a path {where}, and every later {text}.Lock waits for ever; "
        f"write `defer {text}.{method}()` below, or unlock {remedy}",
        related,
        flow=view.path_steps(path, view.step(call, "locked here")),
        severity=Severity.NOTE if _matters_little(view, info, path) else None,
        fixes=_fix(view, info, graph, unlocks, stmt, call) if path.exit is not None else (),
    )


def _matters_little(view: View, info: FunctionInfo, path: Path) -> bool:
    """True where the path panics: who does has found what should never be, and whether somebody
    recovers is seldom in sight. True for the return of a command, with which the process ends."""
    if path.exit is None:
        return False
    node = info.node
    return path.exit.kind == "panic" or (
        isinstance(node, ast.FuncDecl) and is_command_function(view.scope, node)
    )


def _fix(
    view: View,
    info: FunctionInfo,
    graph: Graph,
    unlocks: Predicate,
    stmt: ast.ExprStmt,
    call: ast.Call,
) -> tuple[Fix, ...]:
    """Defer the unlock and take the others away, if these all come right before a return.

    Then nothing runs under the lock that did not before. Not where the function takes the lock
    twice, or gives it back in some other way than by a statement of its own.
    """
    op = call_op(info, call)
    if op is None or stmt.parent is not info.node.body or not isinstance(call.fun, ast.Selector):
        return ()
    wanted = UNLOCK if op.kind == LOCK else RUNLOCK
    edits: list[Edit] = []
    plain: set[ast.Node] = set()
    for node in nodes_of(info, ast.Call):
        other = call_op(info, node)
        if node is call or other is None or other.lock != op.lock:
            continue
        unlock = node.parent
        if other.kind != wanted or not isinstance(unlock, ast.ExprStmt):
            return ()
        edit = delete_statement(view, unlock)
        if edit is None or not _ends_function(info, unlock):
            return ()
        edits.append(edit)
        plain.add(unlock)
    for block in graph.blocks:
        if any(node not in plain and unlocks(node) for node in block.nodes):
            return ()
    if not edits:
        return ()  # who unlocks is not in sight
    text = view.text(call.fun.x)
    method = "Unlock" if wanted == UNLOCK else "RUnlock"
    added = view.insert_below(stmt, f"\n{view.indent(stmt)}defer {text}.{method}()")
    return (Fix(f"defer {text}.{method}() and drop the others", (added, *edits), safe=False),)


def _ends_function(info: FunctionInfo, statement: ast.Stmt) -> bool:
    """True if nothing runs after it but a return of values that are there."""
    following = ast.statement_after(statement)
    if following is None:
        return statement.parent is info.node.body
    return isinstance(following, ast.Return) and not any(
        isinstance(part, ast.Call | ast.FuncLit | ast.Unary)
        for result in following.results
        for part in ast.walk(result)
    )


def _is_same_each_turn(stmt: ast.Stmt, lock: Lock) -> bool:
    root = lock[0]
    return not isinstance(root, Local) or not any(
        loop.start <= root.ident.start < loop.end for loop in ast.enclosing_loops(stmt)
    )


def _is_conditional(stmt: ast.Stmt) -> bool:
    """True in the body of an `if` that goes on behind it: another `if` may unlock, by a condition
    that only people can see is the same."""
    block = stmt.parent
    if not isinstance(block, ast.Block) or not isinstance(block.parent, ast.If):
        return False
    return not isinstance(block.stmts[-1], ast.Return | ast.Branch)


def _unlocks_first(graph: Graph, unlocks: Predicate, locks: Predicate) -> bool:
    """True if the function unlocks before it locks: it gives the lock back to its caller."""
    nodes = [node for block in graph.blocks for node in block.nodes]
    for node in sorted(nodes, key=lambda node: node.start):
        if locks(node):
            return False
        if unlocks(node) and not isinstance(node, ast.Defer):
            return True
    return False


def _gives_up(node: ast.Node) -> bool:
    """True for `t.Fatal(...)` on whatever a helper of tests takes for one."""
    call = node.x if isinstance(node, ast.ExprStmt) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.fun, ast.Selector)
        and call.fun.sel.name in ("Fatal", "Fatalf", "FailNow")
    )


def _given_back_elsewhere(view: View, info: FunctionInfo, call: ast.Call, method: str) -> bool:
    """True if another method of the type only unlocks: begin and commit, each one half."""
    if not isinstance(call.fun, ast.Selector) or not isinstance(call.fun.x, ast.Selector):
        return False
    if not view.decl.receiver or not BEGINS.search(view.decl.name):
        return False
    field = call.fun.x.sel.name
    taken = f".{field}.{call.fun.sel.name}(".encode()
    given = f".{field}.{method}(".encode()
    package = view.package
    for member in package.methods(view.decl.receiver).values():
        content = package.scope_of(member.decl).file.content
        start, end = member.decl.start, member.decl.end
        if content.find(given, start, end) >= 0 and content.find(taken, start, end) < 0:
            return True
    return False


def _handed_on(view: View, end: ast.Node | None, lock: Lock, call: ast.Call, unlock: str) -> bool:
    """True if the path returns something made around the owner of the lock, and a method of some
    type here reaches the lock through a field of its own to give it back."""
    if not isinstance(end, ast.Return) or not isinstance(call.fun, ast.Selector):
        return False
    around = any(
        isinstance(part, ast.Ident)
        and part.obj is lock[0]
        and isinstance(part.parent, ast.CompositeLit | ast.KeyValue | ast.Unary)
        for result in end.results
        for part in ast.walk(result)
        if not isinstance(part.parent, ast.KeyValue) or part.parent.value is part
    )
    word = rf"\w\.\w+\.{ast.last_name(call.fun.x)}\.{unlock.rsplit('.', 1)[1]}\("
    return around and any(
        re.search(word.encode(), file.content) is not None for file in view.package.files
    )


def _locks_for_caller(view: View, info: FunctionInfo, method: str) -> bool:
    """True if the function is meant to return with the lock held."""
    node = info.node
    if not isinstance(node, ast.FuncDecl):
        return False
    if NAMED.search(view.decl.name) or SAYS_SO.search(view.scope.file.doc(view.decl)):
        return True
    member = member_of_function(info)
    if member is None:
        return False
    word = f".{method}(".encode()
    return any(
        word in scope.file.slice(decl.start, decl.end)
        for scope, decl, _ in callers_of(member)
        if decl.start != node.start or scope is not view.scope
    )


RULE = Rule(
    id="GLC501",
    name="missing-unlock",
    summary="path to a return on which a lock stays held",
    severity=Severity.ERROR,
    check=check,
    calls=tuple(UNLOCKS),
    triggers=(b".Lock()", b".RLock()"),
    source="A",
    fix="unsafe",
    tests=False,
    tags=("locks",),
)
