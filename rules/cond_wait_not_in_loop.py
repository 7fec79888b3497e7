"""## What it finds
`Wait` of a `sync.Cond` outside a loop that tests what it waits for.

## What happens under load
A signal that comes before `Wait` is lost: nobody hears it later. On an idle machine the waiter is
always first. Under load it is late once in ten thousand times, finds the work already done, and
waits for a signal that never comes again. And where eight waiters are woken for one item, seven
of them go on without one: `Wait` returns with the lock, not with the condition.

## Example
```go
q.mu.Lock()
defer q.mu.Unlock()
if len(q.items) == 0 {
        q.cond.Wait()
}
item := q.items[0] // somebody else may have taken it
```

## Use instead
```go
q.mu.Lock()
defer q.mu.Unlock()
for len(q.items) == 0 {
        q.cond.Wait()
}
item := q.items[0]
```

## When it stays silent
- `Wait` stands in a loop, also one made with `goto`, or in a closure that is called in one.
- Test files: a test of a condition variable knows who signals when.
- The function does not take the lock itself: it is a helper, and its caller has the loop.
- It is a helper that all callers in sight call in a loop.
- A comment above the condition says that it waits once on purpose.
- The function has made the condition variable itself and nobody else waits on it.

It is a note where an `if` tests something that nothing behind the wait uses: then one signal for all
that wait, such as for the result of work under way, may well be meant.

## Go versions
All.

## Source
The documentation of `sync.Cond.Wait`; Tu et al., Understanding Real-World Concurrency Bugs in Go
(ASPLOS 2019), section 5.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import callers_of, initial_value, member_of_function
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.guards import NONE, guards_at
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

SIGNALS = frozenset(["Signal", "Broadcast", "L"])
EXPLAINED = re.compile(rb"(?i)\bnot (wait|loop|test|check)\w*|\bonly once\b|\bno loop\b")
"""Words of a comment that says that the wait is for one signal on purpose."""


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if info is None or isinstance(call.parent, ast.Go | ast.Defer):
        return
    if guards_at(info, call) == NONE or _repeats(info, call):
        return  # whoever holds the lock tests the condition
    if _repeated_by_callers(info):
        return
    if _is_alone(info, call):
        return
    text = view.text(call.fun)
    tested = _tested(call)
    if tested is not None and EXPLAINED.search(_above(view, tested)):
        return
    if tested is not None and not _relies_on(view, tested, call):
        # Woken up it asks for nothing of what it tested: one signal for all may well be meant.
        severity = Severity.NOTE
    else:
        severity = None
    condition = _condition(call)
    if condition is not None:
        remedy = f"wait in `for {view.text(condition.cond)}`, not once after an `if`"
        related = (view.related(condition.cond, "tested once only"),)
        yield Finding(call, f"{_HARM}; {remedy}", related, severity=severity)
        return
    remedy = f"test it before: `for !condition {{ {text}() }}`"
    yield Finding(call, f"{_HARM}; {remedy}", severity=severity)


def _is_alone(info: FunctionInfo, call: ast.Call) -> bool:
    """True for the one wait on a condition that the function has made itself: with the lock held
    since before anybody could signal, no signal is lost, and none is for another waiter."""
    cond = call.fun.x if isinstance(call.fun, ast.Selector) else None
    local = cond.obj if isinstance(cond, ast.Ident) else None
    if not isinstance(local, Local) or not isinstance(initial_value(local), ast.Call):
        return False
    started = [
        node for node in nodes_in(info) if isinstance(node, ast.Go) and node.end < call.start
    ]
    if any(guards_at(info, node) == NONE for node in started):
        return False  # it may signal before the lock is taken
    return all(
        use is cond or (isinstance(use.parent, ast.Selector) and use.parent.sel.name in SIGNALS)
        for use in local.uses
    )


def _above(view: View, node: ast.Node) -> bytes:
    """The comment lines right above the line of `node`."""
    content = view.scope.file.content
    start = end = content.rfind(b"\n", 0, node.start) + 1
    while start > 0:
        above = content.rfind(b"\n", 0, start - 1) + 1
        if not content[above:start].lstrip().startswith(b"//"):
            break
        start = above
    return content[start:end]


def _tested(call: ast.Call) -> ast.If | None:
    """The `if` in whose body the call is a statement."""
    block = call.parent.parent if call.parent is not None else None
    found = block.parent if isinstance(block, ast.Block) else None
    return found if isinstance(found, ast.If) and found.then is block else None


def _relies_on(view: View, tested: ast.If, call: ast.Call) -> bool:
    """True if what is behind the wait uses something that the condition is about."""
    function = ast.enclosing_function(call)
    if function is None:
        return True
    names = set()
    for node in ast.walk(tested.cond):
        if isinstance(node, ast.Selector):
            names.add(node.sel.name)
        elif isinstance(node, ast.Ident) and not isinstance(node.parent, ast.Selector):
            names.add(node.name)
    leaves = bool(tested.then.stmts) and isinstance(tested.then.stmts[-1], ast.Return)
    end = tested.then.end if leaves else function.end
    after = view.scope.file.content[call.end : end].decode("utf-8", "replace")
    names -= {"len", "cap", "nil", "true", "false"}
    return any(re.search(rf"\b{re.escape(name)}\b", after) for name in names)


_HARM = (
    "a signal that was given before this Wait is lost, and one that wakes it may be for another "
    "waiter: under load it hangs, or goes on without what it waited for"
)


def _repeats(info: FunctionInfo, call: ast.Call) -> bool:
    """True if the call is in a loop, or in a closure that stands in one."""
    node: ast.Node = call
    while True:
        graph = graph_of(info)
        place = graph.position(node) if graph is not None else None
        if graph is None or graph.broken or place is None or graph.loops_of(place.block):
            return True
        if not graph.reachable(place.block):
            return True
        if info.parent is None:
            return False
        node, info = info.node, info.parent.info


def _repeated_by_callers(info: FunctionInfo) -> bool:
    """True for a helper that all callers in sight call on each turn of a loop."""
    member = member_of_function(info)
    calls = callers_of(member) if member is not None else []
    return bool(calls) and all(ast.enclosing_loops(call) for _, _, call in calls)


def _condition(call: ast.Call) -> ast.If | None:
    """The `if` without an `else` in whose body the call stands."""
    block = call.parent.parent if call.parent is not None else None
    if isinstance(block, ast.Block) and isinstance(block.parent, ast.If):
        found = block.parent
        if found.then is block and found.orelse is None:
            return found if found.init is None else None
    return None


RULE = Rule(
    id="GLC511",
    name="cond-wait-not-in-loop",
    summary="Cond.Wait outside a loop that tests the condition",
    severity=Severity.WARNING,
    check=check,
    calls=("sync.Cond.Wait",),
    triggers=(b".Wait()",),
    source="A",
    tests=False,
    tags=("locks",),
)
