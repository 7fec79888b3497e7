"""## What it finds
`context.Background()` or `context.TODO()` handed to a call that waits (network, database, another
process), in a function that has the context of its caller or of its request at hand.

## What happens under load
The client gives up after 2 seconds, the call behind it goes on for as long as the backend likes.
While the backend takes 30 seconds, 100 requests a second hold 3,000 goroutines and as many
connections of the pool for answers that nobody waits for, and the clients that try again find the
pool empty.

## Example
```go
func (s *store) find(ctx context.Context, id int) (*user, error) {
        row := s.db.QueryRowContext(context.Background(), findUser, id)
        ...
}
```

## Use instead
```go
        row := s.db.QueryRowContext(ctx, findUser, id)
```
If the work has to outlive its request, say so: `context.WithoutCancel(ctx)` keeps the values, and
a `context.WithTimeout` around it keeps it from running for ever.

## When it stays silent
- The context is derived first (`context.WithTimeout(context.Background(), ...)`) or kept in a
  variable: that is a decision, as is a nil context that is replaced.
- The call stands in a goroutine, a deferred call or a closure, or in a function that the package
  starts with `go` and with the context of a request, which it outlives.
- It cleans up, by the name of the callee or of the function around it (`Close`, `rollback`,
  `shutdown`, ...), or where an error or the end of the context is dealt with.
- It makes something that lives longer than the call: `New...`, `Dial...`, `Start...`, `Watch...`.
- A comment beside or right above it speaks of contexts, cancellation or background work.
- It is a function of the module that leaves something behind, by its name (`save`, `update`, ...).
- It is not known to wait for its context, and is no question by its name (`Get`, `List`, `Find`,
  ...) whose answer only the caller wants.
- Test files.

## Go versions
All; `context.WithoutCancel` exists from Go 1.21 on.

## Fix
Passes the context that is in scope, if it is a parameter.

## Source
Article chapter 4.4 (requests that outlive their clients).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts
from golint_concurrency.semantics.context_waits import asks_for_answer, waits_for_context
from golint_concurrency.semantics.detachment import (
    is_detached,
    makes_long_lived,
    outlives_request,
)
from golint_concurrency.syntax import ast


def check(view: View, root: ast.Call) -> Iterator[Finding]:
    call = root.parent
    if not isinstance(call, ast.Call) or root not in call.args or root.args:
        return
    held = contexts.own(view.scope, call)
    if held is None or held.local.role != "param":
        return
    index = call.args.index(root)
    waits = waits_for_context(view.scope, call, index) or asks_for_answer(view.scope, call, index)
    if not waits or makes_long_lived(call) or is_detached(view.scope, call):
        return
    if outlives_request(view.scope, call, held):
        return
    edit = view.replace(root, held.text)
    yield Finding(
        root,
        f"{waits} goes on after {held.text} is done, and holds its goroutine and its connection "
        f"for a caller that has gone; pass {held.text}, or "
        f"context.WithoutCancel({held.text}) if it has to outlive the request",
        (view.related(held.local.ident, "the context in scope"),),
        fixes=(Fix(f"pass {held.text}", (edit,)),) if _still_imported(view) else (),
    )


def _still_imported(view: View) -> bool:
    """True if the file mentions package context otherwise: else fixes would leave its import
    without a use."""
    name = view.scope.imported("context")
    content = view.scope.file.content
    if name is None:
        return False
    roots = sum(content.count(f"{name}.{fun}()".encode()) for fun in ("Background", "TODO"))
    return content.count(f"{name}.".encode()) > roots


RULE = Rule(
    id="GLC302",
    name="background-in-request",
    summary="a call that waits on context.Background() where a context is in scope",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("context.Background", "context.TODO"),
    triggers=(b".Background()", b".TODO()"),
    needs=(b'"context"',),
    source="S4.4",
    fix="safe",
    tests=False,
    tags=("context",),
)
