"""## What it finds
A database query for each element of a slice or map in request code, made there or by a function
that the loop calls. Off unless selected: for lists that are known to be short it does no harm.

## What happens under load
Each query is a round trip and a turn at the pool. A page of 200 orders that looks up the customer
of each takes 200 round trips: 0.2 seconds at a millisecond each, in which 100 requests at once
queue 20,000 queries for 25 connections. The list grows with the customers, and so does the time.

## Example
```go
for _, order := range orders {
        row := s.db.QueryRowContext(ctx, "select name from customers where id = $1", order.Customer)
        ...
}
```

## Use instead
```go
rows, err := s.db.QueryContext(ctx, "select id, name from customers where id = any($1)", ids)
```
Or a join in the query that found the orders, one `INSERT` with many rows, or a batch (`pgx.Batch`).

## When it stays silent
- Loops of a known number of turns; loops over batches (slices of slices) and iterators.
- A loop that leaves on its first turn; queries on goroutines of their own.
- Code that no handler in the package calls, and test files.

## Go versions
All.

## Source
Article chapter 4.4 (calls to databases).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts, loops
from golint_concurrency.semantics.callgraph import CallSite, calls_in
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.types import Map, Slice
from golint_concurrency.syntax import ast

MODULES = (
    "database/sql.",
    "github.com/jmoiron/sqlx.",
    "github.com/jackc/pgx/v5",
    "gorm.io/gorm.DB.",
)
NO_QUERY = re.compile(
    r"(Must)?(Begin\w*|Commit|Rollback\w*|Ping\w*|Conn\w*|Prepare\w*|Stmt\w*|Next\w*|Scan|\w+Scan|"
    r"Acquire\w*|Open|Transaction|Connection|SavePoint|AutoMigrate|Close|Raw)\Z"
)
MAX_CALLS = 3
MAX_FUNCTIONS = 60


def check(view: View, loop: ast.Range) -> Iterator[Finding]:
    info = view.function_of(loop)
    over = core(view.type_of(loop.x))
    if info is None or not isinstance(over, Slice | Map):
        return
    if isinstance(core(over.elem), Slice) or loops.bound(view.scope, loop) is not None:
        return
    graph = graph_of(info)
    if graph is None or graph.loop_of(loop) is None:
        return  # never comes around
    sites = [
        site
        for site in calls_in(info)
        if site.mode == "call" and loop.body.start <= site.call.start < loop.body.end
    ]
    if not sites:
        return
    request = request_of(info)
    if request is None:
        return
    for site in sites:
        name = _query_of(site)
        if not name:
            continue
        related: list[Related] = [view.related(loop.x, "for each of these")]
        if request.via is not None and request.path == view.path:
            related.append(view.related(request.via, "the handler calls it here"))
        through = "" if name == site.name else f" ({name.rsplit('/', 1)[-1]})"
        yield Finding(
            site.call,
            f"one query{through} for each element: 200 of them are 200 round trips, and as many "
            "turns at the pool, in a single request; ask for all of them in one query or batch",
            tuple(related),
            span=view.span(site.call.fun),
        )
        return


def _query_of(first: CallSite) -> str:
    """The library function that queries, called here or by what is called here; "" if none."""
    seen: set[int] = set()
    queue: deque[tuple[CallSite, int]] = deque([(first, 0)])
    while queue:
        site, depth = queue.popleft()
        known = facts.of(site.name) if site.name.startswith(MODULES) else None
        if known is not None and known.get("blocks") == "db":
            if not NO_QUERY.match(site.name.rpartition(".")[2]):
                return site.name
        target = site.target
        if target is None or depth >= MAX_CALLS or id(target) in seen:
            continue
        if len(seen) > MAX_FUNCTIONS:
            break
        seen.add(id(target))
        queue.extend((inner, depth + 1) for inner in calls_in(target) if inner.mode == "call")
    return ""


RULE = Rule(
    id="GLC710",
    name="query-in-loop",
    summary="database query for each element of a slice in request code",
    severity=Severity.NOTE,
    check=check,
    on=(ast.Range,),
    source="S4.4",
    enabled=False,
    tests=False,
    tags=("database",),
)
