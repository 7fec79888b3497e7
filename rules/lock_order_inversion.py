"""## What it finds
Two locks that one function takes in one order and another function in the other, directly or in
what they call.

## What happens under load
Each of the two goroutines holds one lock and waits for the other: neither ever goes on, and
everybody who needs one of the locks stops behind them. It takes two calls within the same
microsecond or so: never on a laptop, about once a day at 500 requests a second, and then two
parts of the service stand still until somebody kills it.

## Example
```go
func (s *Shop) Sell() {
        s.stockMu.Lock()
        defer s.stockMu.Unlock()
        s.cashMu.Lock() // stock, then cash
        ...
}

func (s *Shop) Refund() {
        s.cashMu.Lock()
        defer s.cashMu.Unlock()
        s.stockMu.Lock() // cash, then stock
        ...
}
```

## Use instead
Take them in the same order everywhere, and write that order down where the locks are declared; or
unlock the first before the second is taken; or use one lock for both.

## When it stays silent
- Both functions hold a third lock, or both only read.
- The two locks are found from different variables: they may belong to different values.
- One of them belongs to a value that the function has just made.
- One of them is an element of a slice or map; the same field of two values of one type.
- The order is the same in the whole package; packages are looked at one by one.

## Go versions
All.

## Source
Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section 5.1.1; Liu et
al., Automatically Detecting and Fixing Concurrency Bugs in Go (GCatch, ASPLOS 2021),
conflicting-lock checker.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.lock_classes import LockClass
from golint_concurrency.semantics.lock_order import Nesting, inversions_in
from golint_concurrency.syntax import ast


def check(view: View, node: ast.FuncDecl) -> Iterator[Finding]:
    content = view.scope.file.content
    if node.body is None or content.find(b"Lock()", node.start, node.end) < 0:
        return
    for inversion in inversions_in(view.package, node.info, view.decl.symbol):
        yield _finding(view, inversion.first, inversion.second)


def _finding(view: View, here: Nesting, there: Nesting) -> Finding:
    outer, inner = _name(here.outer, here.inner)
    related = [view.related(here.site, f"{outer} is taken here")]
    steps = [view.step(here.site, f"takes {outer}"), view.step(here.place, f"takes {inner}")]
    if scope_of(there.info) is view.scope:
        related.append(view.related(there.site, f"{there.symbol} takes {inner} here"))
        related.append(view.related(there.place, f"and {outer} here"))
    return Finding(
        here.place,
        f"this takes {inner} while it holds {outer}{_via(here)}, and {there.symbol} takes "
        f"{outer} while it holds {inner}{_via(there)}: once the two meet both wait for ever; take "
        "the two in one order everywhere, or unlock the first before",
        tuple(related),
        flow=tuple(steps),
    )


def _name(outer: LockClass, inner: LockClass) -> tuple[str, str]:
    names = []
    for owner, field in (outer, inner):
        short = owner.rsplit("/", 1)[-1].rsplit(".", 1)[-1]
        names.append(f"{short}.{field}" if field else short)
    return names[0], names[1]


def _via(nesting: Nesting) -> str:
    names: list[str] = []
    for site in nesting.calls:
        fun = ast.unparen(site.call.fun)
        name = fun.sel.name if isinstance(fun, ast.Selector) else getattr(fun, "name", "")
        if name and name not in ("Lock", "RLock"):
            names.append(name)
    return f" (by {' -> '.join(names)})" if names else ""


RULE = Rule(
    id="GLC504",
    name="lock-order-inversion",
    summary="two locks that are taken in both orders",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl,),
    triggers=(b"Lock()",),
    source="A",
    tests=False,
    tags=("locks",),
)
