"""## What it finds
Deferred code that sleeps, does network or database I/O without a deadline, or (in request code)
waits for another goroutine over a channel of the service.

## What happens under load
Deferred calls run on every way out, also when the work failed at once, and what was deferred
earlier waits for them: the unlock, the close, the slot of a semaphore. With a deferred write to an
audit table and a database that answers in 20 seconds today, each refused request stays for 20
seconds with its lock held; at 50 requests a second 1,000 of them stand in line, though all that
they had to say was 403.

## Example
```go
s.mu.Lock()
defer s.mu.Unlock()
defer s.db.Exec("insert into audit values ($1)", id)
```

## Use instead
```go
s.mu.Lock()
defer s.mu.Unlock()
...
ctx, cancel := context.WithTimeout(ctx, time.Second)
defer cancel()
_, err := s.db.ExecContext(ctx, "insert into audit values ($1)", id)
```
Before the lock is taken or after it is released, or by a goroutine that has all the time it needs.

## When it stays silent
- Closing, unlocking, rolling back, committing; functions that are called `Close`, `Stop`, `Wait`,
  `Unmount`, `Remove`, `Cleanup`, `Unsubscribe`, `Reset` and the like; waiting for goroutines with a WaitGroup, or with a channel made in the function.
- I/O with a context that is not `context.Background()`, or whose client may have a timeout.
- A channel that is a semaphore: the function, or one that it calls, also uses it the other
  way round; a `select`.
- Channels outside request code: there, deferred waits join what the function has started.
- A sleep for the rest of a time that each answer is to take, before a new start after a panic, or
  before the next goroutine is started; and one that a comment right above it explains.
- The function calls the same itself, not deferred: it sets something and puts it back.
- What a deferred closure does only after an error, or to set a result: that is the answer itself.
- Programs that serve nothing, test files, and files that import what only tests need.

It is only a note outside request code: a worker, or a start, has the time. So is a channel: whoever
receives from it mostly keeps up.

## Go versions
All.

## Source
Article chapter 3.2 (deferred calls that block).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts, denote, facts, infer, pools
from golint_concurrency.semantics.access import access_of
from golint_concurrency.semantics.blocking import Blocking, call_blocks, direct
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of, target_at
from golint_concurrency.semantics.detachment import deals_with_failure
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.servers import serves
from golint_concurrency.syntax import ast

ENDS = re.compile(
    r"(?i)(maybe|try)?(close|stop|end|finish|shutdown|wait|release|unlock|done|cancel|rollback|commit|quit|disconnect|"
    r"drain|join|exit|terminate|teardown|kill|abort|un?mount|cleanup|clean_up|resume|restore|detach|"
    r"deactivate|(ensure)?remove|(un|de)-?(subscribe|register|watch|listen|track|set)|leave|reset|"
    r"revert|restart|reconnect|resubscribe)"
)
"""Names of functions whose business is to end or undo something, and to wait until it is."""
ENDING_SQL = re.compile(
    r"(?i)\A\s*(close|rollback|commit|release|deallocate|unlisten|set)\b|unlock|release_?lock"
)
TESTING = re.compile(
    r"(\A|/)(e2e\w*|(http|io|fs|slog|db|unit|integration)?test(s|ing|util|utils|helpers?)?|"
    r"testify/\w+)\Z"
)
DIALS = ("net.DialTCP", "net/smtp.SendMail", "net/smtp.Dial", "net/rpc.Dial", "crypto/tls.Dial")
FETCHES = frozenset(["net/http.Get", "net/http.Head", "net/http.Post", "net/http.PostForm"])
WORDS = re.compile(
    rb"\.(Sleep|Exec|Query|Prepare|Begin|Ping|Get|Select|NamedExec|Post|Head|Dial|Lookup|SendMail|"
    rb"Create|Save|Update|Delete|Find|First|Last|Take|Count|Scan|Row)"
)
MAX_CALLS = 2
"""Calls that may lie between the deferred function and what waits."""


def check(view: View, statement: ast.Defer) -> Iterator[Finding]:
    info = view.function_of(statement)
    call = statement.call
    if info is None or not isinstance(call, ast.Call) or _ends(call):
        return
    if _supports_tests(view) or (view.in_main and not serves(view.package)):
        return
    found = _waits(view, info, call)
    if found is None:
        return
    waits, calls = found
    first: CallSite | ast.Node = call
    if isinstance(ast.unparen(call.fun), ast.FuncLit):
        first = calls[0] if calls else waits.node
    if _is_done_before(info, first):
        return
    place = (
        (view.related(waits.node, "it waits here"),)
        if waits.node is not call and scope_of(waits.info).file is view.scope.file
        else ()
    )
    led = "".join(f"{_short(site)} -> " for site in calls if _short(site))
    yield Finding(
        statement,
        f"this waits ({led}{_described(waits)}) on every way out, errors included, and all that "
        "was deferred before it (unlocks, closes) waits with it; do it before the return and "
        "with a deadline, or in a goroutine of its own",
        place,
        severity=None if waits.kind != "chan" and request_of(info) is not None else Severity.NOTE,
        span=view.head(statement),
    )


def _ends(call: ast.Call) -> bool:
    """True by the name of what is called, before anybody asks what it is: most are of this kind."""
    fun = ast.unparen(call.fun)
    name = fun.sel.name if isinstance(fun, ast.Selector) else ""
    return bool(ENDS.match(fun.name if isinstance(fun, ast.Ident) else name))


def _supports_tests(view: View) -> bool:
    """True in a file that is no test by name, but imports what only tests need."""
    paths = [view.package.path, *(spec.path for spec in view.scope.file.imports)]
    return view.in_test or any(TESTING.search(path) for path in paths)


def _waits(
    view: View, info: FunctionInfo, call: ast.Call
) -> tuple[Blocking, tuple[CallSite, ...]] | None:
    first = target_at(view.scope, call.fun)
    site = CallSite(call, infer.callee_of(view.scope, call.fun), first, "defer")
    itself = call_blocks(view.scope, site, info)
    if itself is not None:
        return (itself, ()) if _counts(itself) else None
    if first is None:
        return None
    seen = {id(first)}
    queue: deque[tuple[FunctionInfo, tuple[CallSite, ...]]] = deque([(first, ())])
    while queue:
        current, chain = queue.popleft()
        if len(chain) == MAX_CALLS and not _has_words(current):
            continue
        for waits in direct(current):
            if not chain and _belongs(info, waits.node):
                continue
            if waits.kind == "chan":
                if not chain and _is_service_channel(info, waits):
                    return waits, chain
            elif _counts(waits):
                return waits, chain
        if len(chain) == MAX_CALLS:
            continue
        for site in calls_in(current):
            target = site.target
            if site.mode == "go" or target is None or id(target) in seen or _ends(site.call):
                continue
            if not chain and _belongs(info, site.call):
                continue
            seen.add(id(target))
            queue.append((target, (*chain, site)))
    return None


def _is_done_before(info: FunctionInfo, deferred: CallSite | ast.Node) -> bool:
    """True if the function itself calls what the deferred code waits in.

    It sets something and puts it back, or waits as long in its own right: nothing is won where the
    deferred call goes.
    """
    if not isinstance(deferred, CallSite):
        return isinstance(deferred, ast.Call) and any(
            site.mode == "call" and _is_same_call(info, site.call, deferred)
            for site in calls_in(info)
        )
    return any(
        site.mode == "call"
        and site.name == deferred.name
        and (bool(site.name) or site.target is not None)
        and site.target is deferred.target
        for site in calls_in(info)
    )


def _is_same_call(info: FunctionInfo, call: ast.Call, deferred: ast.Call) -> bool:
    """True if both call one method of one thing, by the words."""
    text = scope_of(info).file.text
    return text(call.fun) == text(deferred.fun)


def _belongs(info: FunctionInfo, node: ast.Node) -> bool:
    """True in a deferred closure for what is part of the function's own answer: it runs after an
    error only, or sets a result that is returned."""
    if deals_with_failure(node):
        return True
    assign = node.parent
    return isinstance(assign, ast.Assign) and any(
        isinstance(target, ast.Ident)
        and isinstance(target.obj, Local)
        and target.obj.role == "result"
        and target.obj.owner is info.node
        for target in assign.lhs
    )


def _has_words(info: FunctionInfo) -> bool:
    """True if the function's source has a word of what this rule reports."""
    node = info.node
    return scope_of(info).file.search(WORDS, node.start, node.end) is not None


def _counts(waits: Blocking) -> bool:
    """True for sleep, and for I/O that nothing ends."""
    call = waits.node
    scope = scope_of(waits.info)
    if not isinstance(call, ast.Call) or waits.kind == "chan":
        return False
    if waits.kind == "sleep":
        return (
            waits.name == "time.Sleep" and not _is_meant(waits.info) and not _is_pause(scope, call)
        )
    if waits.kind == "db" and _ends_something(scope, call):
        return False
    if waits.bounded:
        kinds = ("db", "rpc", "dns")
        return waits.kind in kinds and bool(call.args) and contexts.is_root(scope, call.args[0])
    if waits.kind == "db":
        known = facts.of(waits.name)
        if waits.name.startswith(pools.GORM):
            node = waits.info.node
            source = scope.file.slice(node.start, node.end)
            return bool(pools.drawn_by(scope, call)) and b"WithContext" not in source
        return known is not None and "twin" in known
    if waits.kind == "http":
        return waits.name in FETCHES
    if waits.name == "net.Dial":
        network = denote.constant(scope, call.args[0]) if call.args else None
        return isinstance(network, str) and network.startswith("tcp")
    return waits.kind in ("net", "dns") and waits.name.startswith((*DIALS, "net.Lookup"))


def _ends_something(scope: FileScope, call: ast.Call) -> bool:
    """True for a statement that closes, unlocks or restores."""
    values = [denote.constant(scope, argument) for argument in call.args[:2]]
    return any(isinstance(value, str) and ENDING_SQL.search(value) for value in values)


def _is_meant(info: FunctionInfo) -> bool:
    """True where the sleep depends on the time that has passed: each answer is to take as long.

    Also where it is the pause before a new start after a panic.
    """
    names = ("time.Since", "time.Time.Sub", "time.Until", "builtin.recover")
    return any(site.name in names for site in calls_in(info))


def _is_pause(scope: FileScope, call: ast.Call) -> bool:
    """True for the pause before the next goroutine is started in place of this one, and for one
    that is explained."""
    after = ast.statement_after(call.parent) if isinstance(call.parent, ast.ExprStmt) else None
    if isinstance(after, ast.Go) or call.parent is None:
        return True
    # A comment right above says what it is good for.
    content = scope.file.content
    start = content.rfind(b"\n", 0, call.start)
    above = content[content.rfind(b"\n", 0, max(start, 0)) + 1 : max(start, 0)]
    return above.strip().startswith(b"//")


def _is_service_channel(info: FunctionInfo, waits: Blocking) -> bool:
    """True in request code for a channel that lives longer than the call and is no semaphore."""
    node = waits.node
    if isinstance(node, ast.Send):
        channel = node.chan
    elif isinstance(node, ast.Unary):
        channel = node.x
    else:
        return False
    scope = scope_of(waits.info)
    access = access_of(scope, channel)
    if access is None or request_of(info) is None:
        return False
    if ENDS.match(access.path[-1] if access.path else access.root.name):
        return False  # whoever keeps the list of those that are there always listens
    if isinstance(access.root, Local) and not access.path:
        return False
    if isinstance(access.root, Local) and access.root.role not in ("receiver", "param"):
        return False
    # Whoever takes a slot gives it back: `sem <- x` and `<-sem` in one function, or in what it
    # calls.
    if _turns_round(info, node, access.path[-1:]):
        return False
    return not any(
        site.mode == "call"
        and site.target is not None
        and _turns_round(site.target, node, access.path[-1:])
        for site in calls_in(info)
    )


def _turns_round(info: FunctionInfo, node: ast.Node, field: tuple[str, ...]) -> bool:
    """True if the function does the opposite of `node` to what may be the same channel."""
    for other in nodes_in(info):
        turned: ast.Expr | None = None
        if isinstance(other, ast.Send) and isinstance(node, ast.Unary):
            turned = other.chan
        elif isinstance(other, ast.Unary) and other.op == "<-" and isinstance(node, ast.Send):
            turned = other.x
        if turned is not None:
            same = access_of(scope_of(info), turned)
            if same is None or same.path[-1:] == field:
                return True
    return False


def _described(waits: Blocking) -> str:
    if waits.name:
        return waits.name.rsplit("/", 1)[-1]
    return "a channel send" if isinstance(waits.node, ast.Send) else "a channel receive"


def _short(site: CallSite) -> str:
    """The short name of what a call site calls."""
    return site.name.rsplit("/", 1)[-1]


RULE = Rule(
    id="GLC803",
    name="blocking-defer",
    summary="deferred call that sleeps, or waits without a deadline",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Defer,),
    source="S3.2",
    tests=False,
    tags=("defer",),
)
