"""## What it finds
A C function that is known to wait (`sleep`, `read`, `recv`, `poll`, `accept`, `flock`, `waitpid`,
`system`, `getaddrinfo` and their kin, or a function of the preamble that calls one), called in
request code, in a goroutine or in a loop; and any C function that a loop calls in a goroutine per
item, without a limit.

## What happens under load
The scheduler cannot take a goroutine off its thread while C runs. Each waiting call keeps a thread
to itself, and the runtime starts another for the goroutines that are left: 3,000 requests that
wait in `recv` are 3,000 threads with their stacks, context switches eat the cores, and past 10,000
threads the process ends with "thread exhaustion". No context and no deadline reaches into C.

## Example
```go
func (s *Scanner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
        n := C.recv(s.fd, buf, size, 0)
        ...
}
```

## Use instead
What Go has itself: `time.Sleep`, `net.Conn`, `os/exec`, `net.Resolver`, which wait without a
thread. Where it has to be C, a fixed number of workers, or a semaphore around the call:
```go
s.slots <- struct{}{}
n := C.recv(s.fd, buf, size, 0)
<-s.slots
```

## When it stays silent
- The function has its thread to itself (`runtime.LockOSThread`), or takes a slot of a semaphore.
- Flags say not to wait: `WNOHANG`, `LOCK_NB`, `MSG_DONTWAIT`, a timeout of zero; or the file sets
  descriptors to nonblocking mode.
- A fan-out that is bounded, or that only allocates, copies and converts.
- `main.main` outside loops, `init`, and test files.

## Go versions
All.

## Source
Article chapter 4.2 (cgo and threads); package documentation of `runtime/debug`, `SetMaxThreads`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import limits, loops
from golint_concurrency.semantics.cgo import c_function, waits
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.repeats import Repeat, goroutine_of, repeat_of
from golint_concurrency.syntax import ast

OWN_THREAD = re.compile(r"\bLockOSThread\b|[sS]emaphore|\.Acquire\(|<- struct\{\}\{\}")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = c_function(view.scope, call)
    function = ast.enclosing_function(call)
    if not name or function is None or _is_program_start(view):
        return
    if OWN_THREAD.search(view.text(view.decl.function())):
        return
    kind = waits(view.scope, call, name)
    started = goroutine_of(view.scope, call)
    if kind:
        repeat = repeat_of(view.scope, call)
        if repeat is None and started is None:
            return
        yield Finding(
            call,
            f"C.{name} {kind} and keeps a thread for as long as it does: waiting calls become "
            "threads, up to the limit that ends the process; use what Go has for it, or bound how "
            "many run at once",
            (_related(view, repeat, started),),
            span=view.span(call.fun),
        )
    elif started is not None and _fans_out(*started) and _first_in(view, function, call):
        yield Finding(
            call,
            f"every item of this fan-out keeps a thread while C.{name} runs: a burst of input "
            "becomes as many threads; bound how many run at once",
            (_related(view, None, started),),
            span=view.span(call.fun),
        )


def _is_program_start(view: View) -> bool:
    decl = view.decl
    return not decl.is_function or (not decl.receiver and decl.name in ("main", "init"))


def _fans_out(scope: FileScope, start: ast.Go | ast.Call) -> bool:
    """True if `start` begins a goroutine for each item of a loop without a limit."""
    around = ast.enclosing_loops(start)
    if not around or any(loops.bound(scope, loop) is not None for loop in around):
        return False
    if not any(isinstance(loop, ast.Range) for loop in around):
        return False
    return limits.works_on_item(around[0], start) and not any(
        limits.is_limited(scope, loop, start, None) for loop in around
    )


def _first_in(view: View, function: ast.FuncDecl | ast.FuncLit, call: ast.Call) -> bool:
    """One finding for each function: the first C call in it."""
    for node in ast.walk_function(function.body) if function.body is not None else ():
        if isinstance(node, ast.Call) and node.start < call.start and c_function(view.scope, node):
            return False
    return True


def _related(
    view: View, repeat: Repeat | None, started: tuple[FileScope, ast.Go | ast.Call] | None
) -> Related:
    if repeat is not None:
        return Related(repeat.span, repeat.reason)
    assert started is not None
    scope, start = started
    call = start.call if isinstance(start, ast.Go) else start
    end = call.fun.start if isinstance(call, ast.Call) else start.end
    if isinstance(call, ast.Call) and not isinstance(call.fun, ast.FuncLit):
        end = call.fun.end
    return Related(Span(scope.file.path, start.start, max(end, start.start + 2)), "started here")


RULE = Rule(
    id="GLC902",
    name="blocking-cgo",
    summary="C call that waits, in a goroutine, a loop or request code",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Call,),
    triggers=(b"C.",),
    needs=(b'"C"',),
    source="S4.2",
    tests=False,
    tags=("runtime", "cgo"),
)
