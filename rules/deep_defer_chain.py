"""## What it finds
A function one call of which can hold eight or more deferred calls at once: on its longest path, or
because a loop defers on every turn.

## What happens under load
A deferred call waits, with all that it captured, until the function returns. Up to eight of them
the compiler writes into the function's own frame; past that, and in every loop, each is a record
on a chain that grows with the work. A worker that handles a batch of 10,000 files and defers each
`Close` holds 10,000 descriptors until the batch ends, far beyond the usual limit of 1,024; a
request that collects locks, spans and bodies along one long path keeps all of them for its
slowest step, 300 requests at a time.

## Example
```go
for _, name := range names {
        file, err := os.Open(name)
        if err != nil {
                return err
        }
        defer file.Close()
        ...
}
```

## Use instead
```go
for _, name := range names {
        if err := load(name); err != nil { // opens, defers Close, returns
                return err
        }
}
```

## When it stays silent
- The loop has a constant bound and the product stays below the limit.
- What the loop opens is also kept outside of it (a slice of readers): it is meant to live on.
- The defer stands in a closure that ends on every turn.
- The function ends in an endless loop: it holds them as long as its owner lives.
- `main` and `init`, which run once; test files.
- Where GLC801 (defer-in-loop) speaks of the same statement.

A chain that is written out, without a loop, is only a note.

## Options
`depth` (8): how many pending deferred calls are too many.

## Go versions
All; records in the frame exist from Go 1.14 on ("open-coded defers", at most eight a function and
none in a loop).

## Source
Article chapter 3.2 (defer chains); Go 1.14 release notes, "Runtime"; cmd/compile, `maxOpenDefers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.defers import pending
from golint_concurrency.syntax import ast

MOST_STEPS = 12


def check(view: View, stmt: ast.Defer) -> Iterator[Finding]:
    info = view.function_of(stmt)
    depth = int(view.options["depth"])
    if info is None or _runs_once(view, info.node):
        return
    held = pending(info)
    for deferred, loop in held.open_loops:
        if deferred is stmt:
            related = (view.related(loop, "this loop"),)
            yield Finding(
                stmt,
                "every turn of the loop adds a deferred call that waits until the function "
                "returns, so what it releases is held for the whole loop; move the body into a "
                "function of its own, which releases it on every turn",
                related,
                span=view.head(stmt),
            )
    own = [one for one in held.chain if ast.enclosing_function(one) is info.node]
    if held.count >= depth and own and own[-1] is stmt and not _serves(info.node):
        steps = [view.step(one, f"deferred call {n}") for n, one in enumerate(held.chain, 1)]
        yield Finding(
            stmt,
            f"{held.count} deferred calls can be pending here at once: each keeps what it "
            "releases until the function returns, and past eight they leave the stack frame for "
            "a chain on the heap; split the function, or release early what is no longer needed",
            (view.related(held.chain[0], "the first of them"),) if len(held.chain) > 1 else (),
            flow=tuple(steps[:MOST_STEPS]),
            severity=Severity.NOTE if held.count == len(held.chain) else None,
            span=view.head(stmt),
        )


def _serves(function: ast.FuncDecl | ast.FuncLit) -> bool:
    """True for a function that ends in a loop without a condition: it runs as long as its owner."""
    last = function.body.stmts[-1] if function.body is not None and function.body.stmts else None
    return isinstance(last, ast.For) and last.cond is None and last.init is None


def _runs_once(view: View, function: ast.FuncDecl | ast.FuncLit) -> bool:
    if not isinstance(function, ast.FuncDecl) or view.decl.receiver:
        return False
    return view.decl.name == "init" or (view.decl.name == "main" and view.in_main)


RULE = Rule(
    id="GLC802",
    name="deep-defer-chain",
    summary="one call holds many deferred calls at once",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Defer,),
    yields_to=("GLC801",),
    options={"depth": 8},
    source="S3.2",
    tests=False,
    tags=("defer",),
)
