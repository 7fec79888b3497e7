"""## What it finds
A goroutine that request code starts (a handler, or a function that only handlers lead to) and does
not wait for, that may block (network, database, channel, sleep), and that has no context of the
request to tell it when to give up.

## What happens under load
The client goes away, the handler returns, the goroutine stays: blocked on a slow backend, with
everything it captured. A backend that stalls for 30 seconds at 500 requests a second leaves
15,000 goroutines behind, each with its request, buffers and often a pooled connection.

## Example
```go
func (s *Server) create(w http.ResponseWriter, r *http.Request) {
        order := decode(r)
        go func() {
                resp, err := http.Post(s.auditURL, "application/json", order.body())
                ...
        }()
}
```

## Use instead
```go
        ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
        go func() {
                defer cancel()
                req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.auditURL, order.body())
                ...
        }()
```
Pass `r.Context()` itself if the work should end with the request; detach with
`context.WithoutCancel` and a deadline if it should not.

## When it stays silent
- The goroutine uses a context: captured, passed, made with its own deadline, or deliberately
  detached with `context.Background()`. A receive from the `Done()` of anything counts as well.
- The starter waits for it on every path: `WaitGroup.Wait`, errgroup, a receive of its result. A
  `select` that gives up with the request (or a timer) leaves the goroutine behind, so it does
  not count. A result channel that is returned or passed on may be waited for by others.
- The starter closes what the goroutine works with: a stop channel, a connection, what a struct
  that it works on was made of.
- It works on a thing that the request has made and others can end, of a type with a method such as
  `Stop` or a channel such as `done`; or it ends the process.
- By its name (`Start`, `Serve`, `Watch`, ...) it is a service that the request only sets going.
- A call of the same thing follows that it reads for: `go c.write()` and `c.read()` end together.
- It serves, or waits for a child process, which has to be reaped whatever becomes of the request.
- A function value that it calls was made by a call with a context.
- It is given the connection that the handler has taken over (`Hijack`, `Upgrade`).
- It only waits for other goroutines, or a comment above it calls it work in the background.
- Nothing in the goroutine, or in the functions in sight that it calls, is known to wait.
- Test files.

It is a note where only other goroutines of the program are waited for (a channel, a lock or a
group), which mostly get on, or where the goroutine sleeps, which ends by itself.

## Go versions
All; `context.WithoutCancel` exists from Go 1.21 on.

## Source
Article chapter 3.3 (goroutines that outlive their request).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.blocking import may_block
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.detachment import is_announced
from golint_concurrency.semantics.goroutines import ends_process, has_own_end, uses_context
from golint_concurrency.semantics.joins import is_joined, is_released
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.syntax import ast

WAITS = frozenset(["sleep", "chan", "wait", "http", "net", "dns", "db", "exec", "rpc", "queue"])
"""Kinds of waiting that outlive a request; short locks and disk I/O do not."""

REMOTE = WAITS - {"chan", "wait", "sleep"}
"""Those that end when others answer, not when goroutines of this program get on, or in time."""

LASTING = frozenset(
    [
        "net/http.ListenAndServe",
        "net/http.ListenAndServeTLS",
        "net/http.Serve",
        "net/http.Server.ListenAndServe",
        "net/http.Server.Serve",
        "os/exec.Cmd.Wait",
    ]
)
"""What a request starts and leaves running: a server, or a child process that has to be reaped."""
JOIN = "sync.WaitGroup.Wait"
UPGRADES = re.compile(r"(Upgrade|Hijack|Accept)\Z")
"""Methods by which a handler takes over the connection of its request."""
LONG = re.compile(r"(?i)(start|serve|loop|listen|watch|monitor)")
"""Names of work that a request only sets going."""


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    starter = view.function_of(statement)
    if starter is None or not isinstance(statement.call, ast.Call):
        return
    request = request_of(starter)
    if request is None:
        return
    target = target_at(view.scope, statement.call.fun)
    if target is None or uses_context(view.scope, statement.call, target):
        return
    if isinstance(target.node, ast.FuncDecl) and LONG.match(target.node.name.name):
        return
    waits = may_block(target, WAITS, unknown=False)
    if waits is None or waits.name in LASTING or is_joined(view.scope, statement, target):
        return
    if waits.name == JOIN and may_block(target, WAITS - {"wait"}, unknown=False) is None:
        return  # those that it waits for are looked at themselves
    if _is_pump(view, statement) or _serves_connection(view, statement.call):
        return
    if is_announced(view.scope, statement):
        return
    if is_released(view.scope, statement, target) or has_own_end(view.scope, statement.call):
        return
    if ends_process(target):
        return
    related: list[Related] = []
    if request.scope.file is view.scope.file:
        place = request.via if request.via is not None else request.handler.node.type
        word = "the handler calls it here" if request.via is not None else "the request's handler"
        related.append(view.related(place, word))
    if waits.info.scope is view.scope:
        related.append(view.related(waits.node, f"it may wait here: {waits.words}"))
    yield Finding(
        statement,
        f"this goroutine may wait ({waits.words}) long after its request is gone, and they "
        "pile up when the backend is slow; pass it the request's context, or "
        "context.WithTimeout(context.WithoutCancel(ctx), ...) if it has to outlive the request",
        tuple(related),
        span=view.head(statement),
        severity=None if may_block(target, REMOTE, unknown=False) else Severity.NOTE,
    )


def _is_pump(view: View, statement: ast.Go) -> bool:
    """True for `go c.write()` with `c.read()` right after it: two halves of one connection, which
    end together."""
    block = statement.parent
    call = statement.call
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    if not isinstance(block, ast.Block) or not isinstance(fun, ast.Selector):
        return False
    for before, after in pairwise(block.stmts):
        if before is statement and isinstance(after, ast.ExprStmt):
            other = ast.unparen(after.x)
            half = ast.unparen(other.fun) if isinstance(other, ast.Call) else None
            return isinstance(half, ast.Selector) and view.text(half.x) == view.text(fun.x)
    return False


def _serves_connection(view: View, call: ast.Call) -> bool:
    """True if the goroutine is given the connection that the handler has taken over: it is there
    for as long as that."""
    closure = ast.unparen(call.fun)
    used = [arg for arg in call.args if isinstance(arg, ast.Ident)]
    if isinstance(closure, ast.FuncLit):
        used += [use for local in closure.info.captures for use in (local.ident,)]
    for name in used:
        local = name.obj
        made = local.node if isinstance(local, Local) else None
        value = made.rhs[0] if isinstance(made, ast.Assign) and made.rhs else None
        if isinstance(value, ast.Call) and UPGRADES.search(ast.last_name(value.fun)):
            return True
    return False


RULE = Rule(
    id="GLC101",
    name="handler-goroutine-without-context",
    summary="goroutine of a request that waits without the request's context",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Go,),
    tests=False,
    source="S3.3",
    tags=("goroutines", "context"),
)
