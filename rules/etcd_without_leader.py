"""## What it finds
An etcd `Watch` whose context did not pass through `clientv3.WithRequireLeader`, and a
`clientv3.Config` without `DialTimeout`. With the option `all`, also `Get`, `Put` and `Delete` without
a leader required, as notes.

## What happens under load
A member that is cut off from its leader keeps the streams of its watchers open and sends nothing:
no error, no event. A cache that is kept fresh by the watch serves what was true an hour ago while
the rest of the cluster goes on, and nothing reconnects, since nothing failed. With a leader
required, the stream ends with an error and the client moves to another member. Without
`DialTimeout`, `New` and the login wait for a dead endpoint as long as it takes.

## Example
```go
for response := range client.Watch(ctx, "config/", clientv3.WithPrefix()) {
```

## Use instead
```go
for response := range client.Watch(clientv3.WithRequireLeader(ctx), "config/", clientv3.WithPrefix()) {
```

## When it stays silent
- The context is made by `WithRequireLeader`, here or before it was derived.
- The context comes from elsewhere, and something in the module calls `WithRequireLeader`.
- `DialTimeout` is set after the literal.
- `Context` of the configuration is set: it may end the wait.
- Test files.
- A client without a dial timeout is a note, unless it logs in or has options to dial with: it is
  made without waiting for an endpoint.

## Go versions
All.

## Fix
Wraps the context, and sets `DialTimeout` to 5 seconds.

## Source
Article chapter 5; package documentation of `go.etcd.io/etcd/client/v3`, `WithRequireLeader`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import add_field
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts, infer, mentions
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.literals import settings_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast

CLIENTS = ("go.etcd.io/etcd/client/v3", "go.etcd.io/etcd/clientv3")
WATCHES = frozenset(f"{client}.Watcher.Watch" for client in CLIENTS)
OTHERS = frozenset(f"{client}.KV.{name}" for client in CLIENTS for name in ("Get", "Put", "Delete"))
WAITING = frozenset(["Username", "DialOptions"])
"""With one of these, making the client can wait for an endpoint; else it returns at once."""
MAX_STEPS = 10


def check(view: View, node: ast.Call | ast.CompositeLit) -> Iterator[Finding]:
    if view.package.path.startswith(CLIENTS):
        return
    if isinstance(node, ast.CompositeLit):
        if is_named(view.type_of(node), *(f"{client}.Config" for client in CLIENTS)):
            yield from _check_config(view, node)
        return
    name = view.name_of(node)
    if not node.args or (name not in WATCHES and not (view.options["all"] and name in OTHERS)):
        return
    required = _requires_leader(view.scope, node.args[0])
    word = b"WithRequireLeader("
    if required or (required is None and mentions.in_module(view.program, view.package, (word,))):
        return
    watch = name in WATCHES
    yield Finding(
        node,
        "this watch goes silent, without an error, when its etcd member loses the leader: what it "
        "keeps fresh is stale from then on; pass clientv3.WithRequireLeader(ctx)"
        if watch
        else "this call waits on an etcd member that has lost its leader until its context ends; "
        "pass clientv3.WithRequireLeader(ctx)",
        severity=None if watch else Severity.NOTE,
        fixes=_wrap(view, node.args[0]),
        span=view.span(node.fun),
    )


def _requires_leader(scope: FileScope, context: ast.Expr) -> bool | None:
    """Whether `context` passed through WithRequireLeader; None where that cannot be told."""
    for _ in range(MAX_STEPS):
        context = ast.unparen(context)
        if isinstance(context, ast.Ident):
            local = context.obj
            if not isinstance(local, Local):
                return None
            value, node = initial_value(local), local.node
            if any(is_assigned(use) for use in local.uses):
                return None
            if value is None and isinstance(node, ast.Assign) and len(node.rhs) == 1:
                value = node.rhs[0]
            if value is None:
                return None
            context = value
            continue
        if not isinstance(context, ast.Call):
            return None
        callee = infer.callee_of(scope, context.fun)
        name = callee.name if callee is not None else ""
        if name.endswith(".WithRequireLeader"):
            return True
        known = facts.of(name) if name else None
        if known is None:
            return None
        if "root-ctx" in known:
            return False
        parent = facts.parent_context(known, context.args)
        if parent is None:
            return None
        context = parent
    return None


def _wrap(view: View, context: ast.Expr) -> tuple[Fix, ...]:
    client = _client_name(view)
    if client is None:
        return ()
    edits = (
        view.insert(context.start, f"{client}.WithRequireLeader("),
        view.insert(context.end, ")"),
    )
    return (Fix("require a leader", edits),)


def _client_name(view: View) -> str | None:
    """The name by which the file uses the client's package."""
    content = view.scope.file.content
    for path in CLIENTS:
        for name in (view.scope.imported(path), "clientv3"):
            if name is not None and name not in (".", "_") and f"{name}.".encode() in content:
                if any(spec.path == path for spec in view.scope.file.imports):
                    return name
    return None


def _check_config(view: View, literal: ast.CompositeLit) -> Iterator[Finding]:
    settings = settings_of(view.scope, literal)
    if settings is None or settings & {"DialTimeout", "Context"}:
        return
    if not literal.elts and isinstance(literal.parent, ast.Return):
        return  # nothing, beside an error
    time_name, imports = view.import_name("time")
    edits = add_field(view, literal, "DialTimeout", f"5 * {time_name}.Second")
    yield Finding(
        literal,
        "this etcd client has no DialTimeout: a dead endpoint holds whoever connects or logs in "
        "for as long as it is dead; set DialTimeout",
        severity=None if settings & WAITING else Severity.NOTE,
        fixes=(Fix("set a dial timeout of 5 seconds", (*imports, *edits)),),
        span=view.opening(literal),
    )


RULE = Rule(
    id="GLC612",
    name="etcd-without-leader",
    summary="etcd watch that does not require a leader, or client without a dial timeout",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Call, ast.CompositeLit),
    triggers=(b".Watch(", b".Config{", b".Get(", b".Put(", b".Delete("),
    needs=(b"go.etcd.io/etcd/client",),
    source="S5",
    fix="safe",
    tests=False,
    options={"all": False},
    tags=("etcd",),
)
