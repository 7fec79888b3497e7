"""## What it finds
A goroutine with a `for` loop that has no condition and no way out: no return, no `break` that
leaves it, no panic or exit, nothing that listens to a context or a quit channel and then leaves.

## What happens under load
Whoever starts such a goroutine leaves it behind for good, with all that it holds. A client that is
made for each tenant and refreshes its token in a loop adds one goroutine, one ticker and one cached
connection per tenant that ever came: after a week 40,000 of them wake up every ten seconds, the
backend is called 4,000 times a second for tenants that are gone, and the heap never shrinks.

## Example
```go
func (c *Client) start() {
        go func() {
                for {
                        select {
                        case <-c.ticker.C:
                                c.refresh()
                        case <-c.done:
                                break // leaves the select, not the loop
                        }
                }
        }()
}
```

## Use instead
```go
func (c *Client) start(ctx context.Context) {
        go func() {
                for {
                        select {
                        case <-c.ticker.C:
                                c.refresh(ctx)
                        case <-ctx.Done():
                                return
                        }
                }
        }()
}
```

## When it stays silent
- Some path leaves the loop: return, a `break` with the loop's label, goto, panic, `os.Exit`,
  `log.Fatal`, `runtime.Goexit`, also in a helper that the loop calls.
- The loop has a condition, or ranges over a channel (see GLC202).
- The loop is a handler's own (see GLC610); test files.

A goroutine is a note if it is started once in the life of the process (from `main`, `Main`, `init`,
a command of the command line, what sets a package variable, a package-level `sync.Once`, or a
function that only such code calls), if it waits for signals of the system, or if nothing says that
it ought to end before: no owner with a method such as `Stop`, no context around it, no loop and no
request that starts it again and again. So it is in a function that sets up or runs a part of the
program, by its name (`NewServer`, `Start`, `run`) or its callers' names, unless something in sight calls that again and
again. It costs nothing under load then, but nothing can shut it down in order either.

## Go versions
All.

## Source
Article chapter 1; goroutine leak study CGO 2024 (goroutines without an exit).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import scope_of, target_at
from golint_concurrency.semantics.endless import endless_in, lives_with_process, waits_for_signals
from golint_concurrency.semantics.lifecycle import is_part
from golint_concurrency.semantics.requests import handler_kind
from golint_concurrency.semantics.unclosed import is_to_end
from golint_concurrency.syntax import ast


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    call = statement.call
    if not isinstance(call, ast.Call):
        return
    target = target_at(view.scope, call.fun)
    endless = endless_in(target) if target is not None else None
    if endless is None or handler_kind(endless.info) is not None:
        return
    end = call.fun.type.end if isinstance(call.fun, ast.FuncLit) else statement.end
    related: list[Related] = []
    if endless.info.scope is view.scope:
        head = view.range(endless.loop.start, endless.loop.body.start)
        related.append(Related(head, "nothing leaves this loop"))
    if (
        lives_with_process(view.scope, statement)
        or not is_to_end(view.scope, statement)
        or waits_for_signals(scope_of(endless.info), endless.loop)
        or is_part(view.scope, statement)
    ):
        message = (
            "this goroutine runs until the process dies: nothing leaves its loop, so nothing can "
            "shut it down in order; give it a context and return when that is done"
        )
        severity = Severity.NOTE
    else:
        message = (
            "this goroutine never ends: nothing leaves its loop, so each start leaves one more "
            "behind, with all that it holds; give it a context or a quit channel and return when "
            "that is done"
        )
        severity = Severity.WARNING
    yield Finding(
        statement,
        message,
        tuple(related),
        severity=severity,
        span=Span(view.path, statement.start, end),
    )


RULE = Rule(
    id="GLC103",
    name="goroutine-never-exits",
    summary="goroutine loops for ever with no way out",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Go,),
    source="S1, U",
    tests=False,
    tags=("goroutines", "leak"),
)
