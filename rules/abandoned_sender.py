"""## What it finds
A goroutine that sends its result on a channel without room for it, while the function that is to
receive the result can return without doing so: a `select` with a timeout, `ctx.Done()` or
`default`, an early return on an error, a loop over the channel that is left before its end.

## What happens under load
A send on an unbuffered channel waits for a receiver. Once the receiver has gone nobody ever comes,
and the goroutine stays for the life of the process, with its stack and all that it captured. The
slower a backend answers, the more callers run into their timeout: at 200 requests a second and one
timeout in fifty, that is 14,400 goroutines an hour that nothing will wake, and a heap that only a
restart makes smaller.

## Example
```go
func quote(ctx context.Context, symbol string) (float64, error) {
        answer := make(chan float64)
        go func() {
                answer <- fetch(symbol)
        }()
        select {
        case price := <-answer:
                return price, nil
        case <-ctx.Done():
                return 0, ctx.Err()
        }
}
```

## Use instead
```go
        answer := make(chan float64, 1)
```
With room for its one value the send never waits, and the channel is collected with the value in
it. A goroutine that sends many values needs a way out of each send:
```go
                select {
                case lines <- line:
                case <-ctx.Done():
                        return
                }
```

## When it stays silent
- The buffer is at least the number of sends, or its size is not a constant.
- The send stands in a `select` with another way out.
- Every path of the receiver takes the value, is told by another channel, a `WaitGroup` or a
  context that the goroutine has ended, or leaves because the channel is closed.
- The receiver leaves because of the value that it got, and the sender may stop after that value.
- The channel is stored, or passed to or returned to somebody out of sight.
- A `sync.Once` runs the send: whoever comes first sends, for all.
- The buffer has room for what is sent in place of something else (after a recovered panic), or
  once, behind a flag that stays set.
- A deferred loop of the receiver takes what is left.
- The receiver is `main`: the process ends with it.
- Several goroutines share the channel: GLC209 looks at those.

It is a note where only the end of the process leaves somebody behind: in `main`, in a command of
the command line, in a function that runs a server or waits for a signal of the system; and where a
part of the program is stopped (`Stop`, `Shutdown`), or one that is started once sends for ever.

## Go versions
All.

## Fix
`make(chan T, n)`, where n is the number of values that the goroutine can send. Offered where that
number is known.

## Source
Article chapter 3.1; *Unveiling and Vanquishing Goroutine Leaks* (CGO 2024), "premature function
return" and "timeout leak"; *Understanding Real-World Concurrency Bugs in Go* (ASPLOS 2019).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channel_paths import (
    WITHOUT_END,
    Abandoned,
    abandoned,
    closed_early,
)
from golint_concurrency.semantics.channels import channel_of, views_of
from golint_concurrency.semantics.endless import ends_at_signal, ends_with_process
from golint_concurrency.semantics.lifecycle import ends_a_part, is_part
from golint_concurrency.syntax import ast


def check(view: View, make: ast.Call) -> Iterator[Finding]:
    channel = channel_of(view.scope, make)
    if channel is None or channel.capacity is None:
        return
    for seen in views_of(channel):
        found = abandoned(seen)
        if found is None or found.fan_out or closed_early(seen) is not None:
            continue
        node = report.place_of(view, found.send)
        if node is None:
            continue
        fix = None
        if found.total < WITHOUT_END:
            fix = report.buffer_fix(view, seen, str(found.total))
        yield Finding(
            node,
            _message(found),
            (
                *report.start_of(view, found.send.thread),
                *report.lost_at(view, found),
                *report.made_at(view, seen),
            ),
            report.steps_of(view, found),
            fixes=(fix,) if fix is not None else (),
            severity=Severity.NOTE if _is_once(view, make, found) else None,
        )
        return


def _is_once(view: View, make: ast.Call, found: Abandoned) -> bool:
    """True if one goroutine at most is left behind in the life of a part of the program."""
    if ends_with_process(view.scope, make) or ends_at_signal(view.scope, make):
        return True
    return ends_a_part(make) or (found.total >= WITHOUT_END and is_part(view.scope, make))


def _message(found: Abandoned) -> str:
    name = found.channel.name or "the channel"
    if found.send.thread.start is None:
        harm = (
            f"the goroutine that receives from {name} can end before this send, "
            "which then blocks this function for ever"
        )
    elif found.after is not None:
        harm = (
            f"the receiver of {name} can leave before the last value, and each time it does "
            "this goroutine blocks here for ever"
        )
    else:
        harm = (
            f"the receiver of {name} can return without receiving, and each time it does "
            "this goroutine blocks here for ever"
        )
    if found.total < WITHOUT_END:
        return f"{harm}; make the channel with room for what is sent: make(chan T, {found.total})"
    return f"{harm}; send in a select with a case that ends it, such as <-ctx.Done()"


RULE = Rule(
    id="GLC201",
    name="abandoned-sender",
    summary="goroutine blocks for ever on a send whose receiver has returned",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=("builtin.make",),
    triggers=(b"make(chan",),
    needs=(b"<-",),
    source="S3.1, U, A",
    fix="safe",
    tests=False,
    tags=("channels", "leaks"),
)
