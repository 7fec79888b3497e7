"""## What it finds
A database call in request code whose context has no deadline anywhere on the way from the handler,
in a module whose servers have none either. Off unless selected: the deadline may be set where
source does not show it (a proxy, the database's own settings).

## What happens under load
The request's context ends when the client hangs up, and clients wait long: a browser five minutes,
a proxy one. A lock in the database holds the query up; 200 requests a second with 25 connections
stand behind it, and after a minute 12,000 goroutines wait. A deadline of two seconds keeps that at
400, and tells the client at once.

## Example
```go
func (s *Server) order(w http.ResponseWriter, r *http.Request) {
        row := s.db.QueryRowContext(r.Context(), query, id)
```

## Use instead
```go
        ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
        defer cancel()
        row := s.db.QueryRowContext(ctx, query, id)
```
Or for all handlers at once: `http.TimeoutHandler`, a timeout middleware.

## When it stays silent
- The context, or one that it is derived from, has a timeout or deadline, or comes from something
  that cannot be seen.
- The module has a handler timeout (`http.TimeoutHandler`, a timeout middleware), a `WriteTimeout`,
  or sets a `statement_timeout`.
- Later calls of the same function: the first one is reported.
- Code that no handler in the package calls, and test files.

## Go versions
All.

## Source
Article chapter 4.4 (calls without a deadline).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts, infer, mentions, pools
from golint_concurrency.semantics.callgraph import CallSite, calls_in, is_assigned, scope_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import Request, carries_context, request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

MODULES = ("database/sql.", "github.com/jmoiron/sqlx.", "github.com/jackc/pgx/v5")
WITH_CONTEXT = pools.GORM + "WithContext"
BOUNDS = (
    b"TimeoutHandler(",
    b"WriteTimeout",
    b"middleware.Timeout",
    b"TimeoutWithConfig(",
    b"ContextTimeout(",
    b"timeout.New(",
    b"timeout.Timeout(",
    b"TimeoutMiddleware",
    b"statement_timeout",
    b"max_execution_time",
)
"""Words that set a time for all requests or all queries."""


def _is_bounded_by_context(name: str) -> bool:
    known = facts.of(name) if name.startswith(MODULES) else None
    return known is not None and known.get("blocks") == "db" and "ctx-bounded" in known


NAMES = (
    *(name for name in facts.named("ctx-bounded") if _is_bounded_by_context(name)),
    WITH_CONTEXT,
)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    request = request_of(info) if info is not None else None
    if info is None or request is None or not _is_open(view.scope, info, request, call):
        return
    if mentions.in_module(view.program, view.package, BOUNDS):
        return
    for site in calls_in(info):
        if site.call is call:
            break
        if _is_meant(site) and _is_open(view.scope, info, request, site.call):
            return  # reported there
    related: tuple[Related, ...] = ()
    if request.path == view.path:
        place = request.via if request.via is not None else request.handler.node.type
        word = "the handler calls it here" if request.via is not None else "the handler"
        related = (view.related(place, word),)
    given = view.text(call.args[0])
    yield Finding(
        call,
        f"{given} has no deadline, so the request waits and holds a connection for as long as the "
        f"database is slow; derive one with context.WithTimeout({given}, ...), or give the server "
        "a handler timeout",
        related,
        span=view.span(call.fun),
    )


def _is_meant(site: CallSite) -> bool:
    return site.name == WITH_CONTEXT or _is_bounded_by_context(site.name)


def _is_open(scope: FileScope, info: FunctionInfo, request: Request, call: ast.Call) -> bool:
    """True if the call's context surely comes from the handler, or nowhere, without deadline."""
    if not call.args or call.spread:
        return False
    callee = infer.callee_of(scope, call.fun)
    if callee is not None and callee.name == WITH_CONTEXT and not pools.drawn_by(scope, call):
        return False
    return _has_no_deadline(scope, info, request, call.args[0], ())


def _has_no_deadline(
    scope: FileScope,
    info: FunctionInfo,
    request: Request,
    expr: ast.Expr,
    seen: tuple[Local, ...],
) -> bool:
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Call):
        if _is_of_request(scope, expr):
            return True
        callee = infer.callee_of(scope, expr.fun)
        known = facts.of(callee.name) if callee is not None and callee.name else None
        if callee is None or known is None:
            return False
        if "root-ctx" in known:
            return True
        parent = facts.parent_context(known, expr.args)
        if parent is None or "Timeout" in callee.name or "Deadline" in callee.name:
            return False
        return _has_no_deadline(scope, info, request, parent, seen)
    local = expr.obj if isinstance(expr, ast.Ident) else None
    if not isinstance(local, Local):
        return False
    if local in seen:
        return True  # ctx = context.WithValue(ctx, ...)
    sources: list[ast.Node | None] = [use.parent for use in local.uses if is_assigned(use)]
    if local.role == "var":
        sources.append(local.node)
    for source in sources:
        if not isinstance(source, ast.Assign) or len(source.rhs) not in (1, len(source.lhs)):
            return False
        index = next(
            (n for n, x in enumerate(source.lhs) if isinstance(x, ast.Ident) and x.obj is local), -1
        )
        value = source.rhs[0 if len(source.rhs) == 1 else index]
        if index < 0 or not _has_no_deadline(scope, info, request, value, (*seen, local)):
            return False
    return local.role == "var" or _is_given(info, request, local, (*seen, local))


def _is_of_request(scope: FileScope, call: ast.Call) -> bool:
    """True for `r.Context()` and its like on a parameter that is never set anew."""
    fun = ast.unparen(call.fun)
    base = fun.x if isinstance(fun, ast.Selector) and fun.sel.name.endswith("Context") else None
    while isinstance(base, ast.Selector | ast.Call):
        base = base.x if isinstance(base, ast.Selector) else base.fun
    local = base.obj if isinstance(base, ast.Ident) else None
    if not isinstance(local, Local) or local.role != "param":
        return False
    if any(is_assigned(use) for use in local.uses):
        return False
    return carries_context(infer.local_type(scope, local))


def _is_given(info: FunctionInfo, request: Request, local: Local, seen: tuple[Local, ...]) -> bool:
    """True if the parameter is the handler's own, or the handler passes one without deadline."""
    handler = request.handler
    if local.owner is handler.node:
        return local.role == "param"
    if local.role != "param" or request.via is None or local not in info.params:
        return False
    index = info.params.index(local)
    if index >= len(request.via.args):
        return False
    there = scope_of(handler)
    return _has_no_deadline(there, handler, request, request.via.args[index], seen)


RULE = Rule(
    id="GLC709",
    name="db-call-without-deadline",
    summary="database call in request code whose context has no deadline",
    severity=Severity.NOTE,
    check=check,
    calls=NAMES,
    triggers=(
        b"Context(",
        b".Query",
        b".Exec(",
        b".Begin",
        b".Ping(",
        b".CopyFrom(",
        b".SendBatch(",
    ),
    source="S4.4",
    enabled=False,
    tests=False,
    tags=("database", "context"),
)
