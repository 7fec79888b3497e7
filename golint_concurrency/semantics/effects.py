"""What a function does to the variables it can see: parameters, receiver, captured and package
variables, and locals; itself, in its closures, and in what it calls.

Asked for one variable of one function, and computed for what that needs only: a call matters if
it is handed the variable, or something that the variable holds.
"""

from __future__ import annotations

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.access import (
    ELEMENT,
    MAX_PATH,
    Access,
    Root,
    access_of,
    access_of_local,
)
from golint_concurrency.semantics.callgraph import (
    CallSite,
    body_of,
    calls_in,
    initial_value,
    is_assigned,
    method_value,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.denote import core, is_type
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scc import components
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Basic, Chan, is_named
from golint_concurrency.syntax import ast

CONTEXT = "context.Context"
NOW, DEFER, GO, LATER = "now", "defer", "go", "later"
"""When an effect comes about: before the function returns (`now`, `defer`), on a goroutine that
it starts, or when somebody calls a closure that it made and gave away."""

_VERBS = ("locks", "unlocks", "rlocks", "runlocks", "trylocks", "tryrlocks")
_METHODS = {
    "sync.WaitGroup.Add": "add",
    "sync.WaitGroup.Done": "done",
    "sync.WaitGroup.Wait": "wait",
    "sync.WaitGroup.Go": "go",
}
_MAX_EFFECTS = 200
"""Effects kept for one variable in one function; cycles over hostile types could make more."""


class Effect:
    """One thing done to `path` of a variable.

    `verb` is call (a method `name` is called), close, send, receive (a channel), lock, unlock,
    rlock, runlock, trylock, tryrlock, add, done, wait, go (a lock or WaitGroup), invoke (it is a
    function and is called), return (as result number `name`), store (put where `name` says, out
    of the function's own variables), or pass (handed to a function out of sight, `name` if known).

    `node` does it, in `info`; where that is a call, `cause` is the effect in the called function.
    """

    __slots__ = ("cause", "info", "mode", "name", "node", "path", "root", "verb")

    def __init__(
        self,
        verb: str,
        root: Root,
        path: tuple[str, ...],
        name: str,
        mode: str,
        node: ast.Node,
        info: FunctionInfo,
        cause: Effect | None = None,
    ) -> None:
        self.verb = verb
        self.root = root
        self.path = path
        self.name = name
        self.mode = mode
        self.node = node
        self.info = info
        self.cause = cause

    @property
    def origin(self) -> Effect:
        """The effect at the end of the chain of calls, where it really happens."""
        effect = self
        while effect.cause is not None:
            effect = effect.cause
        return effect

    def __repr__(self) -> str:
        where = ".".join(self.path)
        return f"Effect({self.verb} {where} {self.name} {self.mode}@{self.node.start})"


class _Flow:
    """A variable (its `path`) that becomes `root` of `target`, by `node`.

    With `gate`, `target` is a closure that is handed to another function as its parameter: what
    that function does with the parameter decides when the closure runs. With `one_of`, the
    target's variable is the slice that holds all arguments of a variadic parameter.
    """

    __slots__ = ("gate", "mode", "node", "one_of", "path", "root", "target")

    def __init__(
        self,
        path: tuple[str, ...],
        target: FunctionInfo,
        root: Root,
        mode: str,
        node: ast.Node,
        gate: tuple[FunctionInfo, Local] | None = None,
        one_of: bool = False,
    ) -> None:
        self.path = path
        self.target = target
        self.root = root
        self.mode = mode
        self.node = node
        self.gate = gate
        self.one_of = one_of

    def to(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """The path here of what is `path` of the target's variable; None if it is another."""
        if self.one_of and path:
            return self.path + path[1:] if path[0] == ELEMENT else None
        return self.path + path


_Key = tuple[FunctionInfo, Root]


class _Own:
    """What a function's own statements do, by variable."""

    __slots__ = ("direct", "flows")

    def __init__(self) -> None:
        self.direct: dict[Root, list[Effect]] = {}
        self.flows: dict[Root, list[_Flow]] = {}


def effects_on(info: FunctionInfo, root: Root) -> list[Effect]:
    """Everything that `info`, its closures and what it calls do to `root`; cached.

    `root` is a variable as `access` names it: not an alias of another. For a package variable,
    only what is done by `info`'s own statements and to arguments counts (see `control.globals_of`).
    """
    done: dict[Root, list[Effect]] = info.memo.setdefault("effects", {})
    known = done.get(root)
    if known is not None:
        return known
    for component in components((info, root), _successors, _is_done):
        _solve(component)
    return done[root]


def own_roots(info: FunctionInfo) -> list[Root]:
    """Variables to which the function's own statements do something, or which they pass on."""
    own = _own(info)
    return list(dict.fromkeys([*own.direct, *own.flows]))


def runs_of(info: FunctionInfo, literal: ast.FuncLit) -> list[tuple[str, ast.Node, bool]]:
    """When a closure that `info` makes runs, and the nodes of `info` that run it or hand it on.

    The third value is true where another function in sight, which is handed the closure, does.
    """
    scan = _Scan(info)
    scan.scope = scope_of(info)
    found: list[tuple[str, ast.Node, bool]] = []
    for mode, node, gate in scan.runs_of(literal):
        if gate is None:
            found.append((mode, node, False))
            continue
        effects_on(*gate)
        flow = _Flow((), literal.info, gate[1], mode, node, gate)
        found.append((_flow_mode(flow), node, True))
    return found


def _is_done(key: _Key) -> bool:
    done: dict[Root, list[Effect]] | None = key[0].memo.get("effects")
    return done is not None and key[1] in done


def _successors(key: _Key) -> list[_Key]:
    found: list[_Key] = []
    for flow in _own(key[0]).flows.get(key[1], ()):
        found.append((flow.target, flow.root))
        if flow.gate is not None:
            found.append(flow.gate)
    return found


def _solve(component: list[_Key]) -> None:
    tables = [_Table(key) for key in component]
    for table in tables:
        table.publish()
    if len(tables) == 1 and not tables[0].flows:
        return
    cyclic = len(component) > 1 or component[0] in _successors(component[0])
    while True:
        changed = False
        for table in tables:
            changed = table.update() or changed
        if not (changed and cyclic):
            break


class _Table:
    """The effects of one function on one variable while they are being collected."""

    def __init__(self, key: _Key) -> None:
        self.info, self.root = key
        self.effects: list[Effect] = []
        self._keys: set[tuple[str, tuple[str, ...], str, str, ast.Node]] = set()
        own = _own(self.info)
        self.flows = own.flows.get(self.root, ())
        for effect in own.direct.get(self.root, ()):
            self._add(effect)

    def publish(self) -> None:
        """Let others see what is known so far."""
        done: dict[Root, list[Effect]] = self.info.memo.setdefault("effects", {})
        done[self.root] = self.effects

    def update(self) -> bool:
        """Add what calls and closures do, as far as it is known; True if that was more."""
        before = len(self.effects)
        for flow in self.flows:
            mode = _flow_mode(flow)
            for effect in _known(flow.target, flow.root):
                path = flow.to(effect.path)
                if path is None or len(path) > MAX_PATH:
                    continue
                verb, name = effect.verb, effect.name
                if verb == "return":
                    # Back to us. If the result has a path of its own, what we do with it counts.
                    verb, name = self._result(flow.node, name)
                    if not verb:
                        continue
                when = _within(mode, effect.mode)
                self._add(Effect(verb, self.root, path, name, when, flow.node, self.info, effect))
        return len(self.effects) > before

    def _result(self, node: ast.Node, name: str) -> tuple[str, str]:
        """What becomes of a variable that is among the results of the call or closure `node`."""
        if isinstance(node, ast.FuncLit):
            return "store", "closure"
        if isinstance(node.parent, ast.ExprStmt | ast.Go | ast.Defer):
            return "", ""
        if isinstance(node, ast.Call):
            if access_of(scope_of(self.info), node) is not None:
                return "", ""
            if isinstance(node.parent, ast.Return):
                results = node.parent.results
                return "return", name if len(results) == 1 else str(results.index(node))
        return "store", "result"

    def _add(self, effect: Effect) -> None:
        key = (effect.verb, effect.path, effect.name, effect.mode, effect.node)
        if key not in self._keys and len(self.effects) < _MAX_EFFECTS:
            self._keys.add(key)
            self.effects.append(effect)


def _known(info: FunctionInfo, root: Root) -> list[Effect]:
    done: dict[Root, list[Effect]] | None = info.memo.get("effects")
    return list(done.get(root, ())) if done is not None else []


def _flow_mode(flow: _Flow) -> str:
    """When what the flow leads to happens, seen from the function that it starts from."""
    if flow.gate is None:
        return flow.mode
    modes = {e.mode for e in _known(*flow.gate) if e.verb == "invoke" and not e.path}
    for mode in (NOW, DEFER, GO):
        if mode in modes:
            return _within(flow.mode, mode)
    return LATER


def _within(outer: str, inner: str) -> str:
    """When something happens that happens at `inner` of a call which happens at `outer`."""
    if outer in (GO, LATER):
        return outer
    if inner in (GO, LATER):
        return inner
    return outer


# ------------------------------------------------------------------ a function's own statements


def _own(info: FunctionInfo) -> _Own:
    known: _Own | None = info.memo.get("own-effects")
    if known is None:
        known = info.memo["own-effects"] = _Scan(info).run()
    return known


class _Scan:
    """One walk over a function's body."""

    def __init__(self, info: FunctionInfo) -> None:
        self.info = info
        self.own = _Own()

    def run(self) -> _Own:
        """Walk, and give what was found."""
        body = body_of(self.info)
        if body is None:
            return self.own
        self.scope = scope_of(self.info)
        for node in nodes_in(self.info):
            kind = type(node)
            if kind is ast.Unary:
                assert isinstance(node, ast.Unary)
                if node.op == "<-":
                    self._effect("receive", node.x, node)
            elif kind is ast.Selector:
                assert isinstance(node, ast.Selector)
                self._method_value(node)
            elif kind is ast.Assign:
                assert isinstance(node, ast.Assign)
                self._assign(node)
            elif kind is ast.Return:
                assert isinstance(node, ast.Return)
                for index, result in enumerate(node.results):
                    self._leaves("return", result, str(index), node)
            elif kind is ast.CompositeLit:
                assert isinstance(node, ast.CompositeLit)
                for element in node.elts:
                    value = element.value if isinstance(element, ast.KeyValue) else element
                    self._leaves("store", value, "literal", element)
            elif kind is ast.Send:
                assert isinstance(node, ast.Send)
                self._effect("send", node.chan, node)
                self._leaves("store", node.value, "channel", node)
            elif kind is ast.Range:
                assert isinstance(node, ast.Range)
                access = access_of(self.scope, node.x)
                if access is not None and isinstance(core(infer.type_of(self.scope, node.x)), Chan):
                    self._add(access, "receive", "", NOW, node)
        for site in calls_in(self.info):
            self._site(site)
        for literal in self.info.literals:
            self._closure(literal)
        return self.own

    # ------------------------------------------------------------------------ recording

    def _add(self, access: Access, verb: str, name: str, mode: str, node: ast.Node) -> None:
        effect = Effect(verb, access.root, access.path, name, mode, node, self.info)
        self.own.direct.setdefault(access.root, []).append(effect)

    def _flow(
        self,
        access: Access,
        target: FunctionInfo,
        root: Root,
        mode: str,
        node: ast.Node,
        gate: tuple[FunctionInfo, Local] | None = None,
        one_of: bool = False,
    ) -> None:
        flow = _Flow(access.path, target, root, mode, node, gate, one_of)
        self.own.flows.setdefault(access.root, []).append(flow)

    def _effect(self, verb: str, expr: ast.Expr, node: ast.Node, mode: str = NOW) -> None:
        access = access_of(self.scope, expr)
        if access is not None:
            self._add(access, verb, "", mode, node)

    def _leaves(
        self, verb: str, expr: ast.Expr, name: str, node: ast.Node, mode: str = NOW
    ) -> None:
        """`expr` goes where we do not follow it; a number or a string is only a copy."""
        access = self._handle(expr)
        if access is not None:
            self._add(access, verb, name, mode, node)

    def _handle(self, expr: ast.Expr) -> Access | None:
        """The path of `expr` if it can be something to close, lock, wait for or call."""
        if isinstance(expr, ast.BasicLit | ast.FuncLit | ast.CompositeLit | ast.Binary):
            return None
        access = access_of(self.scope, expr)
        if access is None or isinstance(core(infer.type_of(self.scope, expr)), Basic):
            return None
        return access

    # ----------------------------------------------------------------------- statements

    def _assign(self, node: ast.Assign) -> None:
        if len(node.lhs) != len(node.rhs):
            return
        for target, value in zip(node.lhs, node.rhs, strict=True):
            if isinstance(target, ast.Ident):
                obj = self.scope.resolve(target)
                if target.name == "_":
                    continue
                if isinstance(obj, Local):
                    if obj.owner is self.info.node and _is_alias(self.scope, obj):
                        continue
                    self._leaves("store", value, "variable", node)
                else:
                    self._leaves("store", value, target.name, node)
            elif isinstance(target, ast.Selector):
                self._leaves("store", value, target.sel.name, node)
            else:
                self._leaves("store", value, "element", node)

    def _method_value(self, node: ast.Selector) -> None:
        """`x.Close` as a value: whoever gets it may call it."""
        parent = node.parent
        if isinstance(parent, ast.Call):
            if parent.fun is node:
                return
        elif isinstance(parent, ast.Assign):
            if node not in parent.rhs or self._is_only_called(node, parent):
                return
        elif not isinstance(parent, ast.Return | ast.KeyValue | ast.ValueSpec):
            return
        selection = infer.selection_of(self.scope, node)
        if selection is None or selection.kind != "method":
            return
        if isinstance(parent, ast.Call) and any(
            site.call is parent and site.argument >= 0 for site in calls_in(self.info)
        ):
            return  # the called function runs it: a call site of its own
        self._method(node, infer.callee_of(self.scope, node), None, LATER, node)

    def _is_only_called(self, value: ast.Selector, node: ast.Assign) -> bool:
        """True if `f := x.Close` is followed by calls of `f` only: these count, then."""
        if len(node.lhs) != len(node.rhs):
            return False
        target = node.lhs[node.rhs.index(value)]
        local = target.obj if isinstance(target, ast.Ident) else None
        return isinstance(local, Local) and all(
            isinstance(use.parent, ast.Call) and use.parent.fun is use for use in local.uses
        )

    # ---------------------------------------------------------------------------- calls

    def _site(self, site: CallSite) -> None:
        call, callee = site.call, site.callee
        mode = _MODES[site.mode]
        if site.argument >= 0:
            passed = ast.unparen(call.args[site.argument])
            if isinstance(passed, ast.Selector):
                self._method(passed, callee, site.target, mode, call)
            elif not isinstance(passed, ast.FuncLit):
                self._effect("invoke", passed, call, mode)
            return
        fun = ast.unparen(call.fun)
        name = site.name
        if name.startswith("builtin."):
            if name == "builtin.close" and call.args:
                self._effect("close", call.args[0], call, mode)
            elif name == "builtin.append":
                for argument in call.args[1:]:
                    self._leaves("store", argument, "element", call)
            return
        if isinstance(fun, ast.FuncLit):
            self._arguments(site, mode)
            return
        if is_type(self.scope, fun):
            return
        if isinstance(fun, ast.Selector) and (callee is None or callee.selection is not None):
            if callee is not None:
                self._method(fun, callee, site.target, mode, call)
            else:
                self._effect("invoke", fun, call, mode)
        elif callee is None or callee.local is not None:
            self._effect("invoke", fun, call, mode)
            value = method_value(callee.local) if callee is not None and callee.local else None
            if isinstance(value, ast.Selector):  # f := s.run; f()
                self._method(value, infer.callee_of(self.scope, value), site.target, mode, call)
        self._arguments(site, mode)

    def _method(
        self,
        fun: ast.Selector,
        callee: infer.Callee | None,
        target: FunctionInfo | None,
        mode: str,
        node: ast.Node,
    ) -> None:
        """A call of method `fun`, or a value of it that is called at `mode`."""
        access = access_of(self.scope, fun.x)
        if access is None or callee is None:
            return
        if callee.selection is not None and callee.selection.path:
            access = access.field(*(field.name for field in callee.selection.path))
        verb = _METHODS.get(callee.name, "")
        known = facts.of(callee.name) if callee.name and not verb else None
        if known is not None:
            verb = next((word[:-1] for word in _VERBS if word in known), "")
        self._add(access, verb or "call", "" if verb else fun.sel.name, mode, node)
        if target is None:
            target = target_at(self.scope, fun)
        if target is not None and target.receiver is not None and len(access.path) <= MAX_PATH:
            self._flow(access, target, target.receiver, mode, node)

    def _arguments(self, site: CallSite, mode: str) -> None:
        target = site.target
        call = site.call
        for index, argument in enumerate(call.args):
            access = self._handle(argument)
            if access is None or is_named(infer.type_of(self.scope, argument), CONTEXT):
                continue
            if target is None:
                if not self._is_run(call, index):
                    self._add(access, "pass", site.name, mode, call)
                continue
            param = param_at(target, index)
            if param is not None:
                one_of = _is_variadic(target, index) and not call.spread
                self._flow(access, target, param, mode, call, one_of=one_of)

    def _is_run(self, call: ast.Call, index: int) -> bool:
        return any(site.call is call and site.argument == index for site in calls_in(self.info))

    # ------------------------------------------------------------------------- closures

    def _closure(self, literal: ast.FuncLit) -> None:
        """Variables of ours that the closure captures, and when it runs."""
        info: FunctionInfo = literal.info
        if not info.captures:
            return
        roots: dict[Root, None] = {}
        for local in info.captures:
            if local.is_variable:
                roots[access_of_local(self.scope, local).root] = None
        for mode, node, gate in self.runs_of(literal):
            for root in roots:
                self._flow(Access(root, ()), info, root, mode, node, gate)

    def runs_of(self, literal: ast.FuncLit) -> list[_Run]:
        """When the closure runs, and by which node: its call, or the closure itself."""
        up: ast.Node = literal
        while isinstance(up.parent, ast.Paren):
            up = up.parent
        parent = up.parent
        if isinstance(parent, ast.Call):
            if parent.fun is up:
                return [(_MODES[call_mode(parent)], literal, None)]
            sites = [site for site in calls_in(self.info) if site.call is parent]
            for site in sites:
                # What is known of the callee says more than its body, where that is in sight too.
                if site.argument >= 0 and parent.args[site.argument] is up:
                    return [(_MODES[site.mode], literal, None)]
            for site in sites:
                if site.argument < 0 and site.target is not None:
                    index = next(i for i, arg in enumerate(parent.args) if arg is up)
                    param = param_at(site.target, index)
                    if param is not None and not _is_variadic(site.target, index):
                        return [(_MODES[site.mode], literal, (site.target, param))]
        elif isinstance(parent, ast.Assign | ast.ValueSpec):
            return self._runs_of_variable(literal, parent)
        return [(LATER, literal, None)]

    def _runs_of_variable(
        self, literal: ast.FuncLit, node: ast.Assign | ast.ValueSpec
    ) -> list[_Run]:
        otherwise: list[_Run] = [(LATER, literal, None)]
        names: list[ast.Expr] = list(node.lhs if isinstance(node, ast.Assign) else node.names)
        values = node.rhs if isinstance(node, ast.Assign) else node.values
        if len(names) != len(values):
            return otherwise
        name = names[next((i for i, v in enumerate(values) if ast.unparen(v) is literal), 0)]
        local = name.obj if isinstance(name, ast.Ident) else None
        if not isinstance(local, Local):
            return otherwise
        found: list[_Run] = []
        for use in local.uses:
            parent = use.parent
            if use is name:
                continue
            if isinstance(parent, ast.Call) and parent.fun is use:
                if ast.enclosing_function(parent) is self.info.node:
                    found.append((_MODES[call_mode(parent)], parent, None))
                    continue
            found += otherwise
        return list(dict.fromkeys(found)) or otherwise


_Run = tuple[str, ast.Node, tuple[FunctionInfo, Local] | None]
"""When a closure runs, the node that runs it, and the parameter that it becomes, if it does."""
_MODES = {"call": NOW, "defer": DEFER, "go": GO}


def call_mode(call: ast.Call) -> str:
    """call, go or defer: how the statement around `call` runs it."""
    if isinstance(call.parent, ast.Go):
        return "go"
    return "defer" if isinstance(call.parent, ast.Defer) else "call"


def param_at(info: FunctionInfo, index: int) -> Local | None:
    """The parameter that argument `index` of a call becomes (the last one, if that is variadic)."""
    params = info.params
    if index < len(params):
        return params[index]
    return params[-1] if params and _is_variadic(info, len(params) - 1) else None


def _is_variadic(info: FunctionInfo, index: int) -> bool:
    fields = info.node.type.params
    return bool(fields) and fields[-1].variadic and index >= len(info.params) - 1


def _is_alias(scope: FileScope, local: Local) -> bool:
    """True if the variable stands for what it was set to, or for nothing that could be followed."""
    return initial_value(local) is not None and not any(is_assigned(use) for use in local.uses)


__all__ = [
    "DEFER",
    "ELEMENT",
    "GO",
    "LATER",
    "NOW",
    "Effect",
    "Member",
    "effects_on",
    "own_roots",
    "param_at",
    "runs_of",
]
