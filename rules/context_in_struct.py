"""## What it finds
A struct field of type `context.Context`.

## What happens under load
A context belongs to one request. Kept in a struct that serves many, it is the context of whoever
made the struct: a client built in one request and reused by 500 others fails for all of them the
moment that first request ends, or, built from `context.Background()`, lets none of them give up.

## Example
```go
type Store struct {
        ctx context.Context
        db  *sql.DB
}
```

## Use instead
```go
func (s *Store) Load(ctx context.Context, id int) (*Item, error) {
```

## When it stays silent
- Off unless selected: options structs and values that carry one request (events, jobs) hold a
  context for good reasons.
- Test files.

## Go versions
All.

## Source
Package documentation of `context` ("Do not store Contexts inside a struct type"); linter
containedctx.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.contexts import is_context
from golint_concurrency.semantics.denote import denote
from golint_concurrency.syntax import ast


def check(view: View, struct: ast.StructType) -> Iterator[Finding]:
    for member in struct.members:
        if is_context(denote(view.scope, member.type)):
            yield Finding(
                member,
                "a context kept in a struct outlives its request or is shared by many, so that "
                "one ends the work of all or none can give up; pass it as the first parameter",
            )


RULE = Rule(
    id="GLC305",
    name="context-in-struct",
    summary="struct keeps a context",
    severity=Severity.NOTE,
    check=check,
    on=(ast.StructType,),
    triggers=(b"struct",),
    needs=(b'"context"', b"struct"),
    enabled=False,
    source="P",
    tests=False,
    tags=("context",),
)
