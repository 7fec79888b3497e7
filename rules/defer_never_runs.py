"""## What it finds
- A deferred call in a function that never returns: behind the `defer` comes a loop without a way
  out, or `select {}`.
- A deferred call on a path to `os.Exit`, `log.Fatal` or the like in the same function, which end
  the process at once.

## What happens under load
What the call should release stays taken, what it should write stays unwritten. A worker that
defers `conn.Release()` and then loops for ever holds its connection for the life of the process;
20 such workers are a pool of 20 with nothing left in it. A `log.Fatal` on the one error path of
`main` loses the buffered tail of the log, and with it the reason.

## Example
```go
func main() {
        logs := open()
        defer logs.Flush()
        if err := serve(); err != nil {
                log.Fatal(err)
        }
}
```

## Use instead
```go
func main() {
        if err := run(); err != nil {
                log.Fatal(err)
        }
}

func run() error {
        logs := open()
        defer logs.Flush()
        return serve()
}
```
In a loop, call it at the end of each turn, or give the loop a way out.

## When it stays silent
- `Sync` or `Flush` of the logger whose `Fatal` or `Exit` ends the process: that does so first. So
  is `flush(logger)`.
- The deferred function recovers: it is there for panics. So is `wg.Done`. What is called
  Handle may.
- The end of the process releases it anyway: locks, contexts, timers, files, connections. What
  counts has an effect that lasts: Flush, Sync, Remove, Save, Commit, Shutdown, `Close` of a writer,
  the end of a profile, and functions named cleanup, teardown and the like, unless they only close
  what is no writer.
- Before a process ends: a path that calls the same function by hand first.
- Deferred for a panic only: the loop calls functions that panic explicitly.

It is only a note before an endless loop that nothing in sight starts more than once, in a loop or
for each request: a worker needs what it holds as long as it runs. So is a `Stop` of a timer, and what
is only named for an end (`Shutdown`, `cleanup`) before the process ends, for most of it goes with
it, and the `Sync` of a logger.

## Go versions
All.

## Source
gocritic's exitAfterDefer, go vet's and staticcheck's checks of defers (SA5003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import cfg, facts
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.cfg_queries import reaches_exit
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of, selection_of, type_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.repeats import goroutine_of, repeat_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import deref
from golint_concurrency.syntax import ast

_LASTING = re.compile(
    r"(Flush|Sync|Remove|RemoveAll|Unlink|Save|Commit|Shutdown|GracefulStop|Terminate|Kill|Unmount|"
    r"Cleanup|Teardown|TearDown|StopCPUProfile|Write\w*|Release|cleanup|teardown|tearDown|shutdown|"
    r"flush|save|release)\Z"
)
"""Calls whose effect outlives the process: what they do not do stays undone."""
_LOGGER = re.compile(r"(?i)logger\Z|\Al(o?g)?\Z")
_VAGUE = re.compile(
    r"(Shutdown|GracefulStop|Terminate|Kill|Cleanup|Teardown|TearDown|Release|cleanup|teardown|"
    r"tearDown|shutdown|release)\Z"
)
"""Those that say that something ends, not what is lost."""


def check(view: View, statement: ast.Defer) -> Iterator[Finding]:
    info = view.function_of(statement)
    if info is None or not isinstance(statement.call, ast.Call):
        return
    lasting = _is_lasting(view, statement.call)
    if not lasting and not _may_be_endless(info):
        return  # before the graph is made, which asks about all functions that are called
    graph = graph_of(info)
    if graph is None or graph.broken:
        return
    place = graph.position(statement)
    if place is None or not graph.reachable(place.block):
        return
    name = _short(view, statement.call)
    if reaches_exit(graph, statement, exits=cfg.ALL_EXITS) is None:
        if _is_for_panics(view, statement.call) or _calls_panic(view, graph, statement):
            return
        yield Finding(
            statement,
            f"{name} never runs: what follows has no way out, so what it should release is held "
            "for the life of the process; call it where the work ends, or give the loop an exit",
            severity=None if _adds_up(view, statement) else Severity.NOTE,
        )
        return
    if not lasting or _is_for_panics(view, statement.call):
        return
    for exit_ in graph.exits:
        node = exit_.node
        if exit_.kind != "noreturn" or not isinstance(node, ast.ExprStmt):
            continue
        if not _ends_process(view, node.x) or statement not in graph.deferred_at(exit_).must:
            continue
        if _called_before(view, statement.call, node) or _syncs_itself(statement.call, node.x):
            continue
        yield Finding(
            statement,
            f"{name} does not run when {_short(view, node.x)} ends the process: what it should "
            "write or release is lost; return an error and exit in the caller, or call it first",
            (view.related(node, "ends the process here"),),
            severity=Severity.NOTE
            if _is_vague(statement.call) or _is_of_logger(view, statement.call)
            else None,
        )
        return


def _may_be_endless(info: FunctionInfo) -> bool:
    """True if the function holds a loop without a condition that no return stands in."""
    known = info.memo.get("may-be-endless")
    if known is None:
        known = info.memo["may-be-endless"] = any(
            node.cond is None and not _leaves(node.body) for node in nodes_of(info, ast.For)
        ) or any(not node.clauses for node in nodes_of(info, ast.Select))
    return bool(known)


def _leaves(body: ast.Block) -> bool:
    return any(
        isinstance(node, ast.Return) or (isinstance(node, ast.Branch) and node.op == "goto")
        for node in ast.walk_function(body)
    )


def _short(view: View, expr: ast.Expr) -> str:
    call = ast.unparen(expr)
    if not isinstance(call, ast.Call):
        return "this"
    if isinstance(ast.unparen(call.fun), ast.FuncLit):
        return "this deferred function"
    return view.text(call.fun)


def _adds_up(view: View, statement: ast.Defer) -> bool:
    """True where more than one of what is deferred comes together, with all that is held for it.

    A worker that is started once holds what it needs as long as it runs, and a timer is nothing.
    """
    assert isinstance(statement.call, ast.Call)
    if view.name_of(statement.call) in ("time.Ticker.Stop", "time.Timer.Stop"):
        return False
    if repeat_of(view.scope, statement) is not None:
        return True
    started = goroutine_of(view.scope, statement)
    return started is not None and repeat_of(*started) is not None


def _ends_process(view: View, expr: ast.Expr) -> bool:
    call = ast.unparen(expr)
    if not isinstance(call, ast.Call):
        return False
    known = facts.of(view.name_of(call))
    return known is not None and "noreturn" in known


def _is_for_panics(view: View, call: ast.Call) -> bool:
    """True if the deferred function recovers, or tells others that this goroutine is gone."""
    callee = callee_of(view.scope, call.fun)
    if callee is not None and callee.name in ("sync.WaitGroup.Done", "builtin.recover"):
        return True
    if callee is not None and callee.name and "recovers" in (facts.of(callee.name) or ()):
        return True
    target = target_of(view.scope, callee)
    if target is None or target.node.body is None:
        text = view.text(call.fun).lower()
        return any(word in text for word in ("recover", "panic", "crash", "handle"))
    scope = scope_of(target)
    for node in ast.walk(target.node.body):
        if isinstance(node, ast.Call):
            if is_builtin(scope, node, "recover"):
                return True
            text = scope.file.text(node.fun).lower()
            if any(word in text for word in ("recover", "panic", "crash")):
                return True
    return False


def _calls_panic(view: View, graph: cfg.Graph, statement: ast.Defer) -> bool:
    return any(
        isinstance(node, ast.Call) and is_builtin(view.scope, node, "panic")
        for node in ast.walk_function(graph.body)
    )


def _is_lasting(view: View, call: ast.Call) -> bool:
    """True if the call does something that the end of the process does not do by itself."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Ident):
        return _LASTING.match(fun.name) is not None and not _only_closes(view, call)
    if isinstance(fun, ast.FuncLit):
        calls = [node for node in ast.walk(fun.body) if isinstance(node, ast.Call)]
        # What closures in it call is among these.
        return any(
            _is_lasting(view, inner)
            for inner in calls
            if not isinstance(ast.unparen(inner.fun), ast.FuncLit)
        )
    if not isinstance(fun, ast.Selector):
        return False
    if fun.sel.name == "Close":
        return str(deref(type_of(view.scope, fun.x))).endswith("Writer")
    if fun.sel.name == "Release" and selection_of(view.scope, fun) is not None:
        return str(deref(type_of(view.scope, fun.x))) not in _LOCAL
    return _LASTING.match(fun.sel.name) is not None


def _is_vague(call: ast.Call) -> bool:
    """True if nothing but a name says that the call has an effect that lasts."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.FuncLit):
        return _VAGUE.match(ast.last_name(fun)) is not None
    names = [ast.last_name(node.fun) for node in ast.walk(fun.body) if isinstance(node, ast.Call)]
    return not any(_LASTING.match(name) and not _VAGUE.match(name) for name in names)


def _is_of_logger(view: View, call: ast.Call) -> bool:
    """True for `logger.Sync()`, also in a helper or closure: loggers write what is bad at once."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.FuncLit):
        calls = [node for node in ast.walk(fun.body) if isinstance(node, ast.Call)]
        lasting = [node for node in calls if _LASTING.match(ast.last_name(node.fun))]
        return bool(lasting) and all(_is_of_logger(view, node) for node in lasting)
    if not re.match(r"(?i)(sync|flush)", ast.last_name(fun)):
        return False
    value = fun.x if isinstance(fun, ast.Selector) else call.args[0] if call.args else None
    if not isinstance(value, ast.Ident | ast.Selector):
        return False
    return str(deref(type_of(view.scope, value))).endswith("Logger") or (
        ast.last_name(fun).lower() != "flush" and _LOGGER.search(ast.last_name(value)) is not None
    )


def _only_closes(view: View, call: ast.Call) -> bool:
    """True for a function in sight that closes and logs only: `func shutdown(app) { app.db.Close()
    }`. What it calls by names of its own may do more."""
    target = target_of(view.scope, callee_of(view.scope, call.fun))
    if target is None or target.node.body is None:
        return False
    scope = scope_of(target)
    closes = False
    for node in ast.walk(target.node.body):
        if isinstance(node, ast.Call):
            callee = callee_of(scope, node.fun)
            closes = closes or ast.last_name(node.fun) == "Close"
            known = bool(callee is not None and callee.name and facts.of(callee.name) is not None)
            if _writes(scope, node) or not (known or _HARMLESS.match(ast.last_name(node.fun))):
                return False
    return closes


def _writes(scope: FileScope, call: ast.Call) -> bool:
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or fun.sel.name != "Close":
        return _LASTING.match(ast.last_name(fun)) is not None
    return str(deref(type_of(scope, fun.x))).endswith("Writer")


_HARMLESS = re.compile(
    r"Close\Z|DB\Z|(Print|Log|Info|Warn|Error|Debug|Trace|Fatal|Msg)\w*\Z|Err\Z|Sprint\w*\Z"
)
_LOCAL = frozenset(["golang.org/x/sync/semaphore.Weighted"])


def _syncs_itself(deferred: ast.Call, end: ast.Expr) -> bool:
    """True for `logger.Sync` and `logger.Fatal`, which syncs before it ends the process, and for
    `glog.Flush` and `glog.Exit`."""
    call = ast.unparen(end)
    one, other = deferred.fun, call.fun if isinstance(call, ast.Call) else None
    if isinstance(one, ast.Ident) and re.match(r"(?i)(flush|sync)", one.name):
        # `defer flush(logger)` is a helper around that.
        return (
            len(deferred.args) == 1
            and isinstance(deferred.args[0], ast.Ident)
            and isinstance(other, ast.Selector)
            and isinstance(other.x, ast.Ident)
            and other.x.name == deferred.args[0].name
        )
    return (
        isinstance(one, ast.Selector)
        and isinstance(other, ast.Selector)
        and one.sel.name in ("Sync", "Flush")
        and isinstance(one.x, ast.Ident)
        and isinstance(other.x, ast.Ident)
        and one.x.name == other.x.name
    )


def _called_before(view: View, deferred: ast.Call, end: ast.ExprStmt) -> bool:
    """True if the block that ends the process calls the same function by hand."""
    block = end.parent
    if not isinstance(block, ast.Block):
        return False
    text = view.text(deferred.fun)
    for stmt in block.stmts:
        if stmt is end:
            break
        if isinstance(stmt, ast.Defer):
            continue
        if any(isinstance(n, ast.Call) and view.text(n.fun) == text for n in ast.walk(stmt)):
            return True
    return False


RULE = Rule(
    id="GLC804",
    name="defer-never-runs",
    summary="deferred call that never runs, or not when the process ends",
    severity=Severity.WARNING,
    check=check,
    on=(ast.Defer,),
    source="P",
    tests=False,
    load=True,
    tags=("defer",),
)
