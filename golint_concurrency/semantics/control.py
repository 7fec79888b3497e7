"""What a function does apart from its variables, itself and in what it calls: waiting, starting
goroutines, and operations on locks, WaitGroups and channels that are package variables.

Computed bottom-up over the call graph, recursion by fixpoint. It looks at everything that a
function can call in sight: a rule that wants one answer, and soon, asks `blocking.may_block`.
"""

from __future__ import annotations

from golint_concurrency.semantics import blocking
from golint_concurrency.semantics.blocking import Blocking
from golint_concurrency.semantics.callgraph import calls_in, scope_of
from golint_concurrency.semantics.effects import GO, NOW, Effect, effects_on, own_roots
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.scc import components
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_SHARED = frozenset(
    [
        "lock", "unlock", "rlock", "runlock", "trylock", "tryrlock",
        "add", "done", "wait", "go", "close", "send", "receive",
    ]
)  # fmt: skip


class Wait:
    """`kind` of waiting (see `facts.txt`) by `name`, "" for an operation of the language.

    `node` waits, or calls what does; `direct` says which. `bounded`: a context ends it.
    """

    __slots__ = ("bounded", "direct", "kind", "name", "node")

    def __init__(self, kind: str, name: str, node: ast.Node, bounded: bool, direct: bool) -> None:
        self.kind = kind
        self.name = name
        self.node = node
        self.bounded = bounded
        self.direct = direct


class Control:
    """The answers for one function. `waits` has one entry for each kind, the nearest by source
    order; `starts` is the first goroutine that is started, or the call that leads there."""

    __slots__ = ("globals", "starts", "waits")

    def __init__(self) -> None:
        self.waits: dict[str, Wait] = {}
        self.starts: ast.Node | None = None
        self.globals: dict[tuple[Member, str, tuple[str, ...], str], Effect] = {}


def control_of(info: FunctionInfo) -> Control:
    """What `info` does, and what it calls; cached."""
    if not _is_done(info):
        for component in components(info, _successors, _is_done):
            _solve(component)
    control: Control = info.memo["control"]
    return control


def goroutines_in(info: FunctionInfo) -> list[ast.Node]:
    """Places where the function itself starts a goroutine, in source order."""
    return [site.call for site in calls_in(info) if site.mode == "go"]


def _is_done(info: FunctionInfo) -> bool:
    return "control" in info.memo


def _successors(info: FunctionInfo) -> list[FunctionInfo]:
    return [site.target for site in calls_in(info) if site.target is not None]


def _solve(component: list[FunctionInfo]) -> None:
    for info in component:
        info.memo["control"] = _own(info)
    cyclic = len(component) > 1 or component[0] in _successors(component[0])
    changed = True
    while changed:
        changed = False
        for info in component:
            changed = _update(info) or changed
        changed = changed and cyclic


def _own(info: FunctionInfo) -> Control:
    control = Control()
    for found in blocking.direct(info):
        known = control.waits.get(found.kind)
        if known is None or (known.bounded and not found.bounded):
            control.waits[found.kind] = _wait(found)
    started = goroutines_in(info)
    control.starts = started[0] if started else None
    package = scope_of(info).package
    for root in own_roots(info):
        if isinstance(root, Member) and root.package is package:
            for effect in effects_on(info, root):
                _add_global(control, root, effect)
    return control


def _wait(found: Blocking) -> Wait:
    return Wait(found.kind, found.name, found.node, found.bounded, True)


def _add_global(control: Control, root: Member, effect: Effect) -> bool:
    key = (root, effect.verb, effect.path, effect.mode)
    if effect.verb not in _SHARED or key in control.globals:
        return False
    control.globals[key] = effect
    return True


def _update(info: FunctionInfo) -> bool:
    control: Control = info.memo["control"]
    package = scope_of(info).package
    changed = False
    for site in calls_in(info):
        target = site.target
        there: Control | None = target.memo.get("control") if target is not None else None
        if there is None or target is None:
            continue
        if site.mode != "go":
            for wait in list(there.waits.values()):
                known = control.waits.get(wait.kind)
                if known is None or (known.bounded and not wait.bounded):
                    control.waits[wait.kind] = Wait(
                        wait.kind, wait.name, site.call, wait.bounded, False
                    )
                    changed = True
            if control.starts is None and there.starts is not None:
                control.starts = site.call
                changed = True
        if there.globals and _package(target) is package:
            mode = GO if site.mode == "go" else NOW
            for (root, *_), effect in list(there.globals.items()):
                here = mode if effect.mode in ("now", "defer") else effect.mode
                wrapped = Effect(
                    effect.verb, root, effect.path, effect.name, here, site.call, info, effect
                )
                changed = _add_global(control, root, wrapped) or changed
    return changed


def _package(info: FunctionInfo) -> Package:
    return scope_of(info).package
