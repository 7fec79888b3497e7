"""## What it finds
Several goroutines that each send to one channel without room for all of them, while the receiver
can stop before it took a value from each: the first answer wins, an error ends the loop over the
results, a timeout or `ctx.Done()` comes first.

## What happens under load
Whoever comes second blocks on its send for ever. A lookup that asks three replicas and takes the
first answer leaves two goroutines behind each time: at 100 lookups a second, 720,000 an hour, and
at 2 KB of stack and a captured request each the process is killed for memory before lunch.

## Example
```go
func fastest(replicas []Replica, key string) string {
        answers := make(chan string)
        for _, r := range replicas {
                go func() { answers <- r.Get(key) }()
        }
        return <-answers
}
```

## Use instead
```go
        answers := make(chan string, len(replicas))
```
Now every send finds room, whether or not somebody still listens. Cancel the losers too, with a
context, if their work costs something.

## When it stays silent
- The buffer is at least the number of sends, or its size is not a constant.
- The send stands in a `select` with another way out.
- The receiver takes a value on each turn of a counted loop that it never leaves early, or ranges
  over the channel until it is closed.
- The channel is stored, or passed to or returned to somebody out of sight.
- One loop starts a goroutine and receives its value, turn by turn.
- A `sync.Once` runs the send: whoever comes first sends, for all.
- The receiver is told to leave only after a `Wait` for those that send, or takes what is left in
  a deferred loop.
- The receiver is `main`: the process ends with it.

It is a note where only the end of the process leaves somebody behind: in `main`, in a command of
the command line, and in a function that runs a server.

## Go versions
All.

## Fix
`make(chan T, n)`, where n is the number of goroutines: a constant, or `len` of what the loop that
starts them goes over. Offered where each of them sends once.

## Source
*Unveiling and Vanquishing Goroutine Leaks* (CGO 2024), "NCast leak".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channel_paths import Abandoned, abandoned, most_sends_each
from golint_concurrency.semantics.channels import channel_of, views_of
from golint_concurrency.semantics.endless import ends_with_process
from golint_concurrency.syntax import ast


def check(view: View, make: ast.Call) -> Iterator[Finding]:
    channel = channel_of(view.scope, make)
    if channel is None or channel.capacity is None:
        return
    for seen in views_of(channel):
        found = abandoned(seen)
        if found is None or not found.fan_out:
            continue
        node = report.place_of(view, found.send)
        if node is None:
            continue
        thread = found.send.thread
        room = report.room_for(view, seen, thread, most_sends_each(thread, seen), found.total)
        fix = report.buffer_fix(view, seen, room)
        yield Finding(
            node,
            _message(found, room),
            (
                *report.start_of(view, thread),
                *report.lost_at(view, found),
                *report.made_at(view, seen),
            ),
            report.steps_of(view, found),
            fixes=(fix,) if fix is not None else (),
            severity=Severity.NOTE if ends_with_process(view.scope, make) else None,
        )
        return


def _message(found: Abandoned, room: str) -> str:
    name = found.channel.name or "the channel"
    harm = (
        f"the receiver of {name} can stop before it took a value from each of the goroutines "
        "that send here, and the others block for ever"
    )
    if room:
        return f"{harm}; make the channel with room for all of them: make(chan T, {room})"
    return (
        f"{harm}; make the channel with room for all of them, "
        "or send in a select with a case that ends it, such as <-ctx.Done()"
    )


RULE = Rule(
    id="GLC209",
    name="first-result-leak",
    summary="goroutines block for ever once the first results were taken",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=("builtin.make",),
    triggers=(b"make(chan",),
    needs=(b"<-",),
    source="U",
    fix="safe",
    tests=False,
    tags=("channels", "leaks"),
)
