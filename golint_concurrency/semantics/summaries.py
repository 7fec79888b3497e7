"""Summaries of functions: what a caller needs to know without reading the body.

`of(info)` for a function in hand, `of_call(scope, call)` for what a call leads to, and
`use_of(info, local)` for anything that happens to one variable. Each answer is computed when it
is asked for, and kept. All of them say what may happen; where a question is about all paths, its
name says "always".

    summary = summaries.of_call(scope, call)
    if summary is not None and summary.param(0).calls("Body.Close"):
        ...  # the helper closes the body

A function out of sight (a stub, an interface, an unknown) has no summary: `of_call` is None then.
"""

from __future__ import annotations

from golint_concurrency.semantics import flow, requests
from golint_concurrency.semantics.access import Root, access_of
from golint_concurrency.semantics.callgraph import scope_of, target_at
from golint_concurrency.semantics.cfg_queries import must_pass
from golint_concurrency.semantics.context_use import ContextUse, context_use
from golint_concurrency.semantics.control import Control, Wait, control_of, goroutines_in
from golint_concurrency.semantics.effects import (
    DEFER,
    GO,
    LATER,
    NOW,
    Effect,
    effects_on,
    param_at,
)
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_BORROWERS = (
    "bufio.", "bytes.", "builtin.", "compress/", "crypto/", "encoding/", "errors.", "fmt.",
    "hash/", "io.", "log.", "log/slog.", "math/", "reflect.", "sort.", "slices.", "strings.",
    "strconv.", "unicode/",
)  # fmt: skip
"""Packages whose functions use what they are given and never release it."""
_MAX_DEPTH = 8


class Use:
    """What is done with one variable, or with what it holds (`at("Body")`).

    Everything that happens in called functions and closures is included; `mode` of an effect
    tells when. Effects on a part that is reached through `[]` count for that element.
    """

    __slots__ = ("_prefix", "all", "effects")

    def __init__(self, effects: list[Effect], prefix: tuple[str, ...] = ()) -> None:
        self.all = effects
        self._prefix = prefix
        self.effects: list[Effect] = []
        """Effects on this very value, not on parts of it."""
        for effect in effects:
            if effect.path == prefix:
                self.effects.append(effect)

    def at(self, dotted: str) -> Use:
        """The same for a part: `at("Body")`, `at("pool.mu")`."""
        return Use(self.all, (*self._prefix, *dotted.split(".")))

    def find(self, verb: str, name: str | None = None, *modes: str) -> Effect | None:
        """The first effect of this kind; `modes` (all if none is given) restricts when."""
        for effect in self.effects:
            if effect.verb == verb and (name is None or effect.name == name):
                if not modes or effect.mode in modes:
                    return effect
        return None

    def calls(self, dotted: str) -> Effect | None:
        """A call of a method of it, or of a part: `calls("Close")`, `calls("Body.Close")`.

        Also where the method is called through an interface that it was converted to.
        """
        path, _, name = dotted.rpartition(".")
        part = self.at(path) if path else self
        return part.find("call", name)

    @property
    def closes(self) -> Effect | None:
        """`close(x)` or `x.Close()`."""
        return self.find("close") or self.find("call", "Close")

    @property
    def closes_channel(self) -> Effect | None:
        """`close(x)`."""
        return self.find("close")

    @property
    def sends(self) -> Effect | None:
        """`x <- v`."""
        return self.find("send")

    @property
    def receives(self) -> Effect | None:
        """`<-x`, also by range."""
        return self.find("receive")

    @property
    def done(self) -> Effect | None:
        """`x.Done()` of a WaitGroup."""
        return self.find("done")

    @property
    def adds(self) -> Effect | None:
        """`x.Add(n)` of a WaitGroup, or `x.Go(f)`."""
        return self.find("add") or self.find("go")

    @property
    def waits(self) -> Effect | None:
        """`x.Wait()` of a WaitGroup."""
        return self.find("wait")

    @property
    def locks(self) -> Effect | None:
        """Taken as a lock, for writing or reading."""
        return self.find("lock") or self.find("rlock")

    @property
    def unlocks(self) -> Effect | None:
        """Released as a lock, for writing or reading."""
        return self.find("unlock") or self.find("runlock")

    @property
    def invoked(self) -> Effect | None:
        """It is a function and is called: `cancel()`."""
        return self.find("invoke")

    @property
    def returned(self) -> Effect | None:
        """It is a result; `name` of the effect is the number of that."""
        return self.find("return")

    @property
    def stored(self) -> Effect | None:
        """It is put into a field, an element, a literal, a package variable, or a channel."""
        return self.find("store")

    @property
    def escapes(self) -> Effect | None:
        """Somebody out of sight may hold it afterwards, or release it: it is returned, stored,
        or passed to something unknown. Also if that happens to a value that holds it."""
        for effect in self.all:
            if effect.path == self._prefix[: len(effect.path)] and (
                effect.verb in ("return", "store")
                or (effect.verb == "pass" and not effect.name.startswith(_BORROWERS))
            ):
                return effect
        return None

    def releases(self, release: str) -> Effect | None:
        """A call as `facts.txt` spells what a result needs: "Close", "Body.Close",
        "Commit|Rollback", or "()" for calling the value itself."""
        for one in release.split("|"):
            found = self.invoked if one == "()" else self.calls(one)
            if found is not None:
                return found
        return None

    def always(self, verb: str, name: str | None = None) -> bool:
        """True if every path that returns does this, or has deferred it."""
        return _always([e for e in self.effects if e.verb == verb and name in (None, e.name)], 0)

    def always_releases(self, release: str) -> bool:
        """True if every path that returns makes one of these calls, or has deferred it."""
        found: list[Effect] = []
        for one in release.split("|"):
            path, _, name = one.rpartition(".")
            part = self.at(path) if path else self
            verb = "invoke" if one == "()" else "call"
            found += [e for e in part.effects if e.verb == verb and (one == "()" or e.name == name)]
        return _always(found, 0)

    def __bool__(self) -> bool:
        return bool(self.effects)


def _always(effects: list[Effect], depth: int) -> bool:
    nodes: set[ast.Node] = set()
    for effect in effects:
        if effect.mode not in (NOW, DEFER) or depth > _MAX_DEPTH:
            continue
        if effect.cause is None or _always(_alike(effect.cause), depth + 1):
            nodes.add(effect.node)
    if not nodes:
        return False
    graph = flow.graph_of(effects[0].info)
    if graph is None or graph.broken:
        return False
    return must_pass(graph, None, lambda node: _holds(node, nodes)) is None


def _alike(effect: Effect) -> list[Effect]:
    """All places where the same function does the same."""
    return [
        other
        for other in effects_on(effect.info, effect.root)
        if (other.verb, other.path, other.name) == (effect.verb, effect.path, effect.name)
    ]


def _holds(statement: ast.Node, nodes: set[ast.Node]) -> bool:
    return any(statement.start <= node.start and node.end <= statement.end for node in nodes)


class Summary:
    """The summary of one function or closure."""

    __slots__ = ("_uses", "info")

    def __init__(self, info: FunctionInfo) -> None:
        self.info = info
        self._uses: dict[Root, Use] = {}

    # ------------------------------------------------------------------------ variables

    def use(self, root: Root) -> Use:
        """What the function does with a variable: a parameter, a captured one, a local one."""
        known = self._uses.get(root)
        if known is None:
            known = self._uses[root] = Use(effects_on(self.info, root))
        return known

    def param(self, index: int) -> Use:
        """What it does with a parameter (the last one, if `index` is past a variadic one)."""
        local = param_at(self.info, index)
        return self.use(local) if local is not None else _NOTHING

    @property
    def receiver(self) -> Use:
        """What it does with its receiver: `receiver.at("mu").locks`."""
        return self.use(self.info.receiver) if self.info.receiver is not None else _NOTHING

    def captured(self, local: Local) -> Use:
        """What a closure does with a variable of the function around it."""
        return self.use(local)

    def shared(self) -> list[tuple[Member, Effect]]:
        """What it does, itself or in what it calls, to locks, WaitGroups and channels that are
        variables of its package."""
        return [(key[0], effect) for key, effect in self._control.globals.items()]

    # -------------------------------------------------------------------------- control

    @property
    def _control(self) -> Control:
        return control_of(self.info)

    @property
    def waits(self) -> dict[str, Wait]:
        """What it may wait for, by kind. Looks at everything that it calls: where any wait of
        some kinds will do, `blocking.may_block` is cheaper."""
        return self._control.waits

    @property
    def goroutines(self) -> list[ast.Node]:
        """The places where it starts goroutines itself."""
        return goroutines_in(self.info)

    @property
    def starts_goroutine(self) -> ast.Node | None:
        """Where it starts a goroutine, or calls what does."""
        return self._control.starts

    @property
    def never_returns(self) -> bool:
        """True if no path comes back to the caller."""
        return flow.never_returns(self.info)

    @property
    def loops_forever(self) -> bool:
        """True if it has a loop that, once entered, is never left."""
        return flow.loops_forever(self.info)

    @property
    def recovers(self) -> bool:
        """True if it defers something that calls `recover`."""
        return flow.recovers(self.info)

    # -------------------------------------------------------------------------- context

    @property
    def context(self) -> ContextUse:
        """How it deals with contexts."""
        return context_use(self.info)

    @property
    def handler(self) -> str:
        """http, gin, echo, fiber or grpc if it is such a handler by its signature, else ""."""
        return requests.handler_kind(self.info) or ""

    @property
    def serves_request(self) -> bool:
        """True if it is a handler, or is called by handlers only."""
        return requests.request_of(self.info) is not None


_NOTHING = Use([])


def of(info: FunctionInfo) -> Summary:
    """The summary of a function or closure."""
    known: Summary | None = info.memo.get("summary")
    if known is None:
        known = info.memo["summary"] = Summary(info)
    return known


def of_call(scope: FileScope, call: ast.Call) -> Summary | None:
    """The summary of what `call` calls; None if that is out of sight."""
    target = target_at(scope, call.fun)
    return of(target) if target is not None else None


def use_of(info: FunctionInfo, local: Local) -> Use:
    """Everything that happens to a variable in `info`, its closures and what they call."""
    return of(info).use(local)


def use_of_expr(info: FunctionInfo, expr: ast.Expr) -> Use | None:
    """The same for what an expression in `info` stands for: `s.mu`, `resp.Body`.

    None if that has no access path.
    """
    access = access_of(scope_of(info), expr)
    if access is None:
        return None
    use = of(info).use(access.root)
    return use.at(".".join(access.path)) if access.path else use


__all__ = [
    "DEFER",
    "GO",
    "LATER",
    "NOW",
    "Effect",
    "Summary",
    "Use",
    "of",
    "of_call",
    "use_of",
    "use_of_expr",
]
