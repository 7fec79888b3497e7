"""## What it finds
A variable that a goroutine shares with the function that started it, or with other goroutines,
where one writes it and nothing orders that with what the others do: no lock, and no wait between.

## What happens under load
Two requests to other services run side by side and both say `err = ...`. On an idle machine one
ends long before the other. At 500 requests a second they end together: the nil of one wipes out the
error of the other, and a page with half of its data goes out as a success, or an interface value is
read half written and the process crashes. Of 64 goroutines that append to one slice, several read
the same length and write the same element: 64 jobs, 61 results.

## Example
```go
go func() {
        defer close(done)
        likes, err = loadLikes(id)
}()
name, err := loadName(id) // the same err
<-done
```

## Use instead
```go
var likesErr error
go func() {
        defer close(done)
        likes, likesErr = loadLikes(id)
}()
name, err := loadName(id)
<-done
```
Or a lock around every access, an element of a slice for each goroutine, a channel for the results.

## When it stays silent
- The starter waits for the goroutine before it goes on to the variable, or does something that
  may well wait: an unknown receive, a call of a function named so.
- Both hold the same lock, or what works as one (`Once.Do`, a slot of a channel).
- Each goroutine has a variable of its own: it is declared in the loop that starts them.
- Elements of slices and arrays, which may be others; entries of maps (GLC508).
- Writes under a condition such as `i == 0`, which one goroutine of many meets.
- Closures that are given away, so that it cannot be told when they run.
- What a deferred call does.
- The goroutine first waits for a channel of a package, whose sender may be started later. In a test,
  what comes after a wait that took too long. Lines whose comment says that they race.

## Go versions
All. Loop variables before Go 1.22 are the subject of GLC110.

## Source
Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022), observations 1 to 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.ordering import SERVE
from golint_concurrency.semantics.races import Race, race_on, shared_locals
from golint_concurrency.semantics.touches import Touch
from golint_concurrency.syntax import ast


def check(view: View, function: ast.FuncDecl) -> Iterator[Finding]:
    for local in shared_locals(function.info):
        race = race_on(view.scope, local, "variable")
        if race is not None and not _is_meant(view, race):
            yield _finding(view, local, race)


def _is_meant(view: View, race: Race) -> bool:
    """True where a comment on the line calls it a race: it is there to be found."""
    content = view.scope.file.content
    return any(
        re.search(rb"//.*\b(racy|data race)\b", content[touch.node.start : _end(content, touch)])
        for touch in (race.write, race.other)
    )


def _end(content: bytes, touch: Touch) -> int:
    return content.find(b"\n", touch.node.start)


def _finding(view: View, local: Local, race: Race) -> Finding:
    here = race.unguarded
    there = race.other if here is race.write else race.write
    name = ".".join([local.name, *(part for part in race.write.path if part != "*")])
    related = [view.related(race.step.statement, "the goroutine starts here")]
    if here.node is there.node:
        harm = f"this runs on many goroutines at once, and each of them writes {name}"
        remedy = "hold a lock here, or give each goroutine a variable or an element of its own"
        if race.step.mode == SERVE:
            related = [view.related(local.ident, "one variable for all of them")]
    else:
        doing = "written" if here.write else "read"
        other = "writes" if there.write else "reads"
        harm = f"{name} is {doing} here while another goroutine {other} it, and nothing orders them"
        remedy = "use a variable of its own, wait in between, or hold one lock on both sides"
        related.append(view.related(there.node, f"{other} it at the same time"))
    return Finding(
        here.node,
        f"{harm}: under load values get lost or are read half written; {remedy}",
        tuple(related),
    )


RULE = Rule(
    id="GLC509",
    name="captured-variable-race",
    summary="variable that goroutines share is written with nothing to order it",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl,),
    triggers=(b"\tgo ", b" go func", b".Go(", b".TryGo(", b"Handle", b".Submit("),
    needs=(b"func(",),
    source="U",
    tags=("races",),
)
