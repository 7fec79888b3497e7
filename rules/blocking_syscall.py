"""## What it finds
A raw system call that may wait (`syscall.Read`, `Write`, `Accept`, `Select`, `Recvfrom`, and the
same in `golang.org/x/sys/unix`), in a loop, on a descriptor that nothing in the file sets to
nonblocking mode.

## What happens under load
The runtime's network poller knows nothing of such a descriptor. Each goroutine that waits in the
call keeps a thread, and the scheduler starts another for the rest: 2,000 connections that are
read this way are 2,000 threads with 8 MB of address space each, and past 10,000 the process ends.

## Example
```go
for {
        n, err := syscall.Read(fd, buf)
        ...
}
```

## Use instead
`os.NewFile` on a descriptor in nonblocking mode, `net.FileConn`, or `syscall.RawConn`: all of them
wait in the poller, and take deadlines.

## When it stays silent
- The file sets nonblocking mode, opens with `O_NONBLOCK` or `SOCK_NONBLOCK`, or waits with epoll,
  kqueue or poll; it asks for `EAGAIN`, or sets a timeout for the socket.
- The file opens the descriptor by path: reads of plain files do not wait for a peer.
- The standard library, which makes the poller.
- `Wait4`, which waits for a process: one goroutine does that for all, and the poller cannot.
- Loops that only repeat the call when it was interrupted (`EINTR`).
- Test files.

It is a note unless a handler calls it, or a goroutine that is started in a loop or for each request:
one thread is no harm.

## Go versions
All.

## Source
Article chapter 2.2 (system calls and threads).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.repeats import goroutine_of, repeat_of
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.syntax import ast

_NAMES = ("Read", "Write", "Accept", "Accept4", "Select", "Recvfrom", "Recvmsg", "Sendto", "Sendmsg",
          "Pread", "Pwrite", "Flock")  # fmt: skip
_POLLS = re.compile(
    rb"SetNonblock|O_NONBLOCK|SOCK_NONBLOCK|[Ee]poll|[Kk]queue|Poll\(|MSG_DONTWAIT"
    rb"|(?:syscall|unix)\.Open(?:at)?\(|LOCK_NB|EAGAIN|EWOULDBLOCK|SO_RCVTIMEO"
)
_RETRIES = re.compile(r"\bEINTR\b")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    around = ast.enclosing_loops(call)
    if not around or "." not in view.package.path.split("/")[0]:
        return  # a package of the standard library
    loop = around[0]
    if _POLLS.search(view.scope.file.content) or _only_retries(view, loop):
        return
    name = view.name_of(call).rsplit("/", 1)[-1]
    yield Finding(
        call,
        f"each goroutine that waits in {name} keeps a thread of its own, since the poller does "
        "not know the descriptor; use os.NewFile on a nonblocking descriptor, or net.FileConn",
        (view.related(loop, "called on every turn"),) if loop.start < call.start else (),
        severity=None if _adds_up(view, call) else Severity.NOTE,
    )


def _adds_up(view: View, call: ast.Call) -> bool:
    """True if more than one goroutine comes here, as far as can be seen: one thread is no harm."""
    info = view.function_of(call)
    if info is not None and request_of(info) is not None:
        return True
    started = goroutine_of(view.scope, call)
    return started is not None and repeat_of(*started) is not None


def _only_retries(view: View, loop: ast.For | ast.Range) -> bool:
    return len(loop.body.stmts) <= 4 and _RETRIES.search(view.text(loop.body)) is not None


RULE = Rule(
    id="GLC903",
    name="blocking-syscall",
    summary="raw system call that waits, in a loop",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=tuple(
        f"{package}.{name}" for package in ("syscall", "golang.org/x/sys/unix") for name in _NAMES
    ),
    triggers=tuple(f"{word}.{name}(".encode() for word in ("syscall", "unix") for name in _NAMES),
    source="S2.2",
    tests=False,
    tags=("runtime",),
)
