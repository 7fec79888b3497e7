"""## What it finds
A map that goroutines use at the same time, at least one of them to set or delete an entry, without
a lock that all of them hold: in the goroutines of one function, in methods that these call, and in
handlers, which a server runs for many requests at once.

## What happens under load
The runtime ends the whole process with "fatal error: concurrent map writes"; `recover` does not
catch it. With ten requests a second two writers meet once a week. With 3,000 a second they meet
within minutes, and every request that is being served dies with the process. Where the runtime
does not notice, entries get lost.

## Example
```go
func (s *sessions) login(w http.ResponseWriter, r *http.Request) {
        s.users[token(r)] = name(r)
}
```

## Use instead
```go
func (s *sessions) login(w http.ResponseWriter, r *http.Request) {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.users[token(r)] = name(r)
}
```
Readers take the lock too. `sync.Map` suits entries that are written once and read often; results of
goroutines go through a channel, or into a slice with an element for each.

## When it stays silent
- Every access holds the same lock, or what works as one.
- Entries are used before the goroutines start, or after they were waited for.
- Each goroutine has a map of its own, or the variable is set to another map meanwhile.
- Handlers that hold any lock at all; values of a type made for one request.
- `sync.Map`, and maps in elements of slices and maps.

## Go versions
All.

## Source
The Go blog, Go maps in action; Chabbi and Ramanathan, A Study of Real-World Data Races in Golang
(PLDI 2022), observation 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.map_accesses import MapAccess
from golint_concurrency.semantics.map_races import MapRace, races_in, served_writes
from golint_concurrency.syntax import ast


def check(view: View, function: ast.FuncDecl) -> Iterator[Finding]:
    if function.body is None:
        return
    for race in races_in(function.info):
        yield from _finding(view, race)
    if not view.in_test:
        for race in served_writes(function.info):
            yield from _finding(view, race)


def _finding(view: View, race: MapRace) -> Iterator[Finding]:
    here, there = race.first, race.second
    name = ".".join((here.root.name, *here.path))
    doing = "written" if here.write else "read"
    node = here.origin
    related: list[Related] = []
    if scope_of(here.info).file is not view.scope.file:
        node = here.node
        related.append(_place(here, f"{doing} here"))
    elif here.info.memo.setdefault("map-race", {}).setdefault(node, race.start) is not race.start:
        return  # told already, of another goroutine
    if race.start is None:
        who = "for many requests at once"
    elif here is there:
        who = "by many goroutines at once"
    else:
        who = "while another goroutine writes it" if there.write else "while another reads it"
        related.append(_place(there, "at the same time as this"))
    if race.start is not None:
        related.append(view.related(race.start, "the goroutine starts here"))
    yield Finding(
        node,
        f"the map {name} is {doing} {who} with no lock held: under load the runtime ends the "
        "process (concurrent map writes), which recover cannot stop; hold one lock around every "
        "use of it, or use a sync.Map",
        tuple(related),
    )


def _place(access: MapAccess, message: str) -> Related:
    path = scope_of(access.info).file.path
    return Related(Span(path, access.origin.start, access.origin.end), message)


RULE = Rule(
    id="GLC508",
    name="concurrent-map-access",
    summary="map that goroutines or requests use at the same time without a lock",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl,),
    triggers=(
        b"\tgo ",
        b" go func",
        b".Go(",
        b".TryGo(",
        b"Handle",
        b".Submit(",
        b"http.Request",
        b".Context)",
        b".Ctx)",
    ),
    source="S1, U",
    tags=("races",),
)
