"""## What it finds
A send, a receive or a `range` on a channel that is nil for certain, because it was declared and
never made: it blocks for ever. A `close` of one panics.

## What happens under load
Every goroutine that gets to this line stays there, with all that it holds; there is no error and
no log. A configuration reload that announces itself on such a channel once a minute leaves 1,440
goroutines a day behind, each with a whole configuration in hand.

## Example
```go
type hub struct {
        events chan event
}

func newHub() *hub { return &hub{} }

func (h *hub) publish(e event) { h.events <- e }
```

## Use instead
```go
func newHub() *hub { return &hub{events: make(chan event, 16)} }
```

## When it stays silent
- The operation is one of several cases of a `select`: a nil channel there switches a case off,
  which is a common idiom.
- The function compares the channel with nil.
- A parameter, or a variable or field that anything out of sight may set: an exported one, one
  whose address is taken, a struct that is built without field names.
- A variable that is declared and received from as the last statement: that waits for ever on purpose.
- A variable that is set on some path before.
- A field of a struct of which the package makes none: its tests do, with a channel of their own; or a
  function for them by its name (`testTick`).
- Test files.

## Go versions
All.

## Source
*Understanding Real-World Concurrency Bugs in Go* (ASPLOS 2019), chapter 5.1.2; *Unveiling and
Vanquishing Goroutine Leaks* (CGO 2024), operations on nil channels.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.channels import comm_clause
from golint_concurrency.semantics.nil_channels import always_nil
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast


def check(view: View, node: ast.Send | ast.Unary | ast.Range | ast.Call) -> Iterator[Finding]:
    what = "blocks its goroutine for ever"
    if isinstance(node, ast.Send):
        channel, word = node.chan, "send"
    elif isinstance(node, ast.Unary):
        if node.op != "<-":
            return
        channel, word = node.x, "receive"
    elif isinstance(node, ast.Range):
        if node.value is not None:
            return
        channel, word = node.x, "range"
    else:
        if len(node.args) != 1:
            return
        channel, word, what = node.args[0], "close", "panics"
    clause = comm_clause(node) if isinstance(node, ast.Send | ast.Unary) else None
    if clause is not None:
        select = clause.parent
        if not isinstance(select, ast.Select) or len(select.clauses) > 1:
            return
    use: ast.Node = node.x if isinstance(node, ast.Range) else node
    if view.decl.name.startswith(("test", "Test")) or not always_nil(view.scope, channel, use):
        return
    if word == "receive" and _waits_on_purpose(node, channel):
        return
    name = view.text(channel)
    yield Finding(
        use,
        f"{name} is nil here, for nothing makes it before, so this {word} {what}; {_make(channel)}",
        _declared(view, channel),
    )


def _waits_on_purpose(node: ast.Node, channel: ast.Expr) -> bool:
    """True for a variable that is declared, and received from at the end of the function, and
    nothing else: `var forever chan struct{}` says that this waits for ever."""
    channel = ast.unparen(channel)
    local = channel.obj if isinstance(channel, ast.Ident) else None
    statement = node.parent
    return (
        isinstance(local, Local)
        and local.role == "var"
        and len(local.uses) == 1
        and isinstance(statement, ast.ExprStmt)
        and isinstance(statement.parent, ast.Block)
        and isinstance(statement.parent.parent, ast.FuncDecl)
        and statement.parent.stmts[-1] is statement
    )


def _make(channel: ast.Expr) -> str:
    if isinstance(ast.unparen(channel), ast.Selector):
        return "set it to make(chan ...) where its struct is built"
    return "declare it with make(chan ...)"


def _declared(view: View, channel: ast.Expr) -> tuple[Related, ...]:
    channel = ast.unparen(channel)
    local = channel.obj if isinstance(channel, ast.Ident) else None
    if not isinstance(local, Local):
        return ()
    return (view.related(local.ident, "declared here, and nil"),)


RULE = Rule(
    id="GLC207",
    name="nil-channel",
    summary="operation on a channel that nobody has made",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Send, ast.Unary, ast.Range),
    calls=("builtin.close",),
    triggers=(b"<-", b" chan ", b"\tclose(", b" close("),
    needs=(b" chan ",),
    source="A",
    tests=False,
    tags=("channels", "leaks"),
)
