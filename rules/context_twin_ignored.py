"""## What it finds
A call that waits for a peer or a child process, of a function that has a twin which takes a
context, where a context is in scope: `exec.Command`, `net.LookupHost`, `net.Dial`,
`(*tls.Conn).Handshake` and their like.

## What happens under load
The caller gives up, the call waits on: a name server that does not answer holds a lookup for 10
to 20 seconds, a tool that hangs holds its process for ever. At 200 requests a second that each
start a converter which hangs for 15 seconds, 3,000 processes and goroutines run for clients that
have long gone.

## Example
```go
func (c *converter) thumbnail(ctx context.Context, file string) ([]byte, error) {
        return exec.Command("convert", file, "-resize", "200", "png:-").Output()
}
```

## Use instead
```go
        return exec.CommandContext(ctx, "convert", file, "-resize", "200", "png:-").Output()
```

## When it stays silent
- The context is not the function's own (a closure, a goroutine, a deferred call), comes from
  `context.Background()`, or the call is detached by its name, its place or a comment beside it.
- Something else bounds the call: a deadline set on the connection, a `Timeout` or `Deadline` of the
  dialer (or a dialer that is not in sight), a goroutine that waits for the context.
- A process that writes to the terminal (`cmd.Stdout = os.Stdout`): a person waits for it.
- A command that only tells a fact of the machine and is back at once (`uname`, `uptime`, ...).
- A process that is not waited for in the same function, or whose `Process` is used.
- Addresses of this machine, Unix sockets.
- Databases (GLC703), requests (GLC307), connections and lookups that GLC607 and GLC608 report
  already. Logging, where a context only adds fields.
- Test files.

A command outside handlers is a note: what has begun to change the machine may be meant to end.

## Go versions
All; a twin that is younger than the module's `go` directive is not asked for.

## Fix
Calls the twin with the context, where it takes the same other arguments and gives the same
results, and the context is a parameter.

## Source
contextcheck and noctx of golangci-lint, narrowed to calls that wait; article chapter 4.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.edits import prepend_argument
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts, facts
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.detachment import is_detached, watches_context
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.requests import handler_kind
from golint_concurrency.syntax import ast

COMMAND = "os/exec.Command"
SHORT = ("DialWithDialer", "websocket.Dialer.Dial", "Shutdown", "DialUnix", "LookupPort")
"""Calls that a dialer bounds which is hardly ever in sight, or by default; that clean up; and
that need no peer."""
RUNS = ("Run", "Output", "CombinedOutput", "Wait")
SINCE = {"crypto/tls.Conn.Handshake": (1, 17), "crypto/tls.Dialer.Dial": (1, 15)}
SAME = ("LookupAddr", "LookupCNAME", "LookupHost", "LookupMX", "LookupNS", "LookupSRV",
        "LookupTXT")  # fmt: skip
"""Functions of package net that have the signature of the resolver's method."""
FACTS = frozenset(("arch", "date", "getconf", "hostname", "id", "ip", "lsb_release", "nproc", "pwd",
                   "sw_vers", "sysctl", "uname", "uptime", "which", "whoami"))  # fmt: skip
"""Commands that ask the machine they run on, and nobody else."""
LOCAL = ("localhost", "127.", "[::1]", ":", "unix", "/")


def _names() -> tuple[str, ...]:
    kinds = {"net", "dns"}
    found = [COMMAND]
    for name in facts.named("twin"):
        known = facts.of(name)
        if known is not None and known.get("blocks") in kinds and not name.endswith(SHORT):
            found.append(name)
    return tuple(found)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = view.name_of(call)
    known = facts.of(name)
    held = contexts.own(view.scope, call)
    if held is None or known is None or view.go < SINCE.get(name, (1, 7)):
        return
    if name == COMMAND:
        if not _waited_for(call) or _is_at_once(view, call):
            return
    elif _is_bounded(view, call, name):
        return
    if is_detached(view.scope, call) or watches_context(view.scope, call):
        return
    twin = _say(call, known.get("twin") or "")
    fix = _fix(view, call, name, held.text) if held.local.role == "param" else None
    yield Finding(
        call,
        f"{view.text(call.fun)} waits on after {held.text} is done, and holds its goroutine "
        f"for a caller that has gone; use {twin} with {held.text}",
        (view.related(held.local.ident, "the context in scope"),),
        severity=Severity.NOTE if name == COMMAND and not _for_a_request(view, call) else None,
        fixes=(fix,) if fix is not None else (),
        span=Span(view.path, call.start, call.fun.end),
    )


def _for_a_request(view: View, call: ast.Call) -> bool:
    """True if one client waits for the call. Elsewhere a command that has begun to change the
    machine may be meant to get to its end."""
    function = ast.enclosing_function(call)
    return function is not None and handler_kind(function.info) is not None


def _say(call: ast.Call, twin: str) -> str:
    """How the twin is called, for people: `exec.CommandContext`, `DialContext of a net.Dialer`."""
    fun = ast.unparen(call.fun)
    if "." not in twin:
        if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident):
            return f"{fun.x.name}.{twin}"
        return twin
    receiver, _, method = facts.plain_name(twin).rsplit("/", 1)[-1].rpartition(".")
    if receiver == "net.Resolver":
        return f"net.DefaultResolver.{method}"
    return f"{method} of a {receiver}"


def _waited_for(call: ast.Call) -> bool:
    """True if the function itself runs the command to its end, and does nothing else with it but
    set it up."""
    parent = call.parent
    if isinstance(parent, ast.Selector):
        return parent.sel.name in RUNS
    if not isinstance(parent, ast.Assign) or len(parent.lhs) != 1:
        return False
    local = parent.lhs[0].obj if isinstance(parent.lhs[0], ast.Ident) else None
    if not isinstance(local, Local) or parent.op != ":=":
        return False
    waits = False
    for use in local.uses:
        selector = use.parent
        if use is local.ident or (isinstance(selector, ast.Assign) and use in selector.lhs):
            continue
        if not isinstance(selector, ast.Selector) or selector.sel.name == "Process":
            return False
        if _shares_terminal(selector):
            return False
        if selector.sel.name in RUNS:
            if ast.enclosing_function(use) is not local.owner:
                return False
            waits = True
    return waits


def _is_at_once(view: View, call: ast.Call) -> bool:
    """True for a command that only tells something about the machine, and has nobody to wait for."""
    command = view.constant(call.args[0]) if call.args else None
    return isinstance(command, str) and command.rpartition("/")[2] in FACTS


def _shares_terminal(field: ast.Selector) -> bool:
    """True for `cmd.Stdout = os.Stdout`: the command is what a person at a terminal waits for."""
    assign = field.parent
    if not isinstance(assign, ast.Assign) or field not in assign.lhs:
        return False
    return any(
        isinstance(value, ast.Selector)
        and isinstance(value.x, ast.Ident)
        and value.x.name == "os"
        and value.sel.name.startswith("Std")
        for value in assign.rhs
    )


def _is_bounded(view: View, call: ast.Call, name: str) -> bool:
    """True if something else may end the wait, or there is hardly one."""
    if any(_is_local(view.constant(argument)) for argument in call.args):
        return True
    if any(_is_local(value) for value in _cases_of(view, call)):
        return True
    fun = call.fun
    if isinstance(fun, ast.Selector) and name.endswith("Dialer.Dial"):
        return not _unlimited(view, fun.x)
    function = ast.enclosing_function(call)
    return function is None or "Deadline(" in view.text(function)


def _cases_of(view: View, call: ast.Call) -> Iterator[object]:
    """Constants that the first argument equals here: `case "unix": net.Dial(network, address)`."""
    up: ast.Node | None = call.parent
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.Case) and isinstance(up.parent, ast.Switch) and call.args:
            tag = up.parent.tag
            if tag is not None and view.text(tag) == view.text(call.args[0]):
                yield from map(view.constant, up.exprs)
        up = up.parent


def _is_local(value: object) -> bool:
    return isinstance(value, str) and value.startswith(LOCAL)


def _unlimited(view: View, dialer: ast.Expr) -> bool:
    """True for a dialer in sight that sets no limit of its own."""
    dialer = ast.unparen(dialer)
    if isinstance(dialer, ast.Ident):
        obj = view.scope.resolve(dialer)
        if not isinstance(obj, Local):
            return False
        for use in obj.uses:
            if isinstance(use.parent, ast.Selector) and use.parent.sel.name != "Dial":
                return False
        value = initial_value(obj)
        if value is None:
            return isinstance(obj.node, ast.ValueSpec) and not obj.node.values
        dialer = ast.unparen(value)
    if isinstance(dialer, ast.Unary) and dialer.op == "&":
        dialer = ast.unparen(dialer.x)
    return isinstance(dialer, ast.CompositeLit) and not any(
        isinstance(pair, ast.KeyValue)
        and isinstance(pair.key, ast.Ident)
        and pair.key.name in ("Timeout", "Deadline", "Cancel", "NetDialer")
        for pair in dialer.elts
    )


def _fix(view: View, call: ast.Call, name: str, context: str) -> Fix | None:
    fun = ast.unparen(call.fun)
    known = facts.of(name)
    twin = known.get("twin") if known is not None else None
    if not isinstance(fun, ast.Selector) or not twin:
        return None
    edits = list(prepend_argument(view, call, context))
    if fun.sel.name in SAME and twin.startswith("(*net.Resolver)"):
        edits.append(view.insert(fun.sel.start, "DefaultResolver."))
    elif twin.isidentifier():
        edits.append(view.replace(fun.sel, twin))
    else:
        return None
    return Fix(f"use the function that takes {context}", tuple(edits))


RULE = Rule(
    id="GLC303",
    name="context-twin-ignored",
    summary="a call that waits, without the context in scope that its twin would take",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=_names(),
    source="P, S4.4",
    fix="safe",
    tests=False,
    yields_to=("GLC607", "GLC608"),
    tags=("context",),
)
