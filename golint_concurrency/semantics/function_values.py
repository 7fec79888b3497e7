"""Functions that are called through a variable, a field or an interface, where only one can be
meant.

A package variable that is set once (`var run = func() {...}`), an unexported field that the
package sets in one place, and an unexported interface that one type of the package implements.
Places that set something are found by searching the package's bytes; whatever is not understood
means no answer.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer, words
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.denote import literal_type, underlying
from golint_concurrency.semantics.members import Selection
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.types import Interface, Named, Type, deref
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl, File

_ASSIGNED = re.compile(rb"[^=!<>\n;{}()]*=(?!=)")
_KEYED = re.compile(rb"[ \t]*:(?!=)")
_FUNCTIONS = ast.FuncLit | ast.Ident | ast.Selector


class Held:
    """The function that is meant: the expression that gives it, in the file of `scope`."""

    __slots__ = ("scope", "value")

    def __init__(self, scope: FileScope, value: ast.Expr) -> None:
        self.scope = scope
        self.value = value


def held_by(scope: FileScope, fun: ast.Expr) -> Held | None:
    """The one value that a package variable or a field in function position ever has."""
    fun = ast.unparen(fun)
    if isinstance(fun, ast.Ident):
        obj = scope.resolve(fun)
        return _of_variable(obj) if isinstance(obj, Member) and obj.kind == "var" else None
    if not isinstance(fun, ast.Selector):
        return None
    selection = infer.selection_of(scope, fun)
    if selection is None or selection.kind != "field" or selection.field is None:
        return None
    owner = deref(selection.owner)
    if not isinstance(owner, Named) or owner.package is None or owner.package.stub:
        return None
    if owner.decl is None or not _is_private(selection.field.name):
        return None
    return _of_field(owner.package, owner.decl, selection.field.name)


def _is_private(name: str) -> bool:
    return not name[:1].isupper()


def _held(scope: FileScope, value: ast.Expr) -> Held | None:
    value = ast.unparen(value)
    return Held(scope, value) if isinstance(value, _FUNCTIONS) else None


def _assignments(file: File, name: str) -> list[int]:
    """Where something called `name` may get a value, or give its address away; a few too many,
    none too few in formatted source."""
    found: list[int] = []
    size = len(name.encode())
    end = 0
    content = file.searched(name.encode())
    for at in words.offsets(file, name):
        if at < end:
            continue
        match = _ASSIGNED.match(content, at + size)
        if match is not None:
            end = match.end()
            found.append(at)
        elif _has_address_taken(content, at):
            found.append(at)
    return found


def _has_address_taken(content: bytes, at: int) -> bool:
    """True for `&x.name`, where the name stands at `at`."""
    while at and (content[at - 1] == ord(".") or words.is_word(content[at - 1])):
        at -= 1
    return at > 0 and content[at - 1] == ord("&")


# -------------------------------------------------------------------------------- variables


def _of_variable(member: Member) -> Held | None:
    package = member.package
    if package.stub or not _is_private(member.name):
        return None
    key = ("held-by-variable", member.name)
    if key not in package.memo:
        package.memo[key] = _find_of_variable(member)
    held = package.memo[key]
    return held if isinstance(held, Held) else None


def _find_of_variable(member: Member) -> Held | None:
    decl = member.decl
    scope = member.package.scope_of(decl)
    if b"=" not in scope.file.slice(decl.start, decl.end):
        return None
    for other in member.package.scopes.values():
        for offset in _assignments(other.file, member.name):
            if other is not scope or not decl.start <= offset < decl.end:
                return None
    spec = bind_value(scope, decl)
    if len(spec.names) != len(spec.values):
        return None
    for name, value in zip(spec.names, spec.values, strict=True):
        if name.name == member.name:
            return _held(scope, value)
    return None


# ----------------------------------------------------------------------------------- fields


def _of_field(package: Package, decl: Decl, name: str) -> Held | None:
    key = ("held-by-field", decl.name, name)
    if key not in package.memo:
        package.memo[key] = None  # while the search asks for types
        package.memo[key] = _find_of_field(package, decl, name)
    held = package.memo[key]
    return held if isinstance(held, Held) else None


def _find_of_field(package: Package, decl: Decl, name: str) -> Held | None:
    places: list[tuple[FileScope, int]] = []
    for scope in package.scopes.values():
        if words.has_unkeyed_literal(scope.file, decl.name):
            return None
        places += [(scope, at) for at in words.followed(scope.file, name, _KEYED)]
        places += [(scope, offset) for offset in _assignments(scope.file, name)]
        if len(places) > 1:
            return None
    if not places:
        return None
    scope, offset = places[0]
    at = scope.file.decl_at(offset)
    if at is None or not at.is_function:
        return None
    for node in ast.walk(bind_function(scope, at).node):
        if isinstance(node, ast.Ident) and node.name == name and node.start >= offset:
            return _set_by(scope, node, decl)
    return None


def _set_by(scope: FileScope, ident: ast.Ident, decl: Decl) -> Held | None:
    """What a field of the type `decl` is set to by the key or selector that `ident` is part of."""
    parent = ident.parent
    owner: Type | None = None
    value: ast.Expr | None = None
    if isinstance(parent, ast.KeyValue) and isinstance(parent.parent, ast.CompositeLit):
        owner = deref(literal_type(scope, parent.parent))
        value = parent.value
    elif isinstance(parent, ast.Selector):
        selection = infer.selection_of(scope, parent)
        owner = deref(selection.owner) if selection is not None else None
        statement = parent.parent
        if isinstance(statement, ast.Assign) and len(statement.lhs) == len(statement.rhs):
            if parent in statement.lhs:
                value = statement.rhs[statement.lhs.index(parent)]
    if value is None or not isinstance(owner, Named) or owner.decl is not decl:
        return None
    return _held(scope, value)


# ------------------------------------------------------------------------------- interfaces


def implementation(selection: Selection, name: str) -> Member | None:
    """The method that a call through an interface runs, where one type alone can be behind it.

    The interface is unexported, no exported function or field of its package mentions it, and one
    type of the package has all of its methods.
    """
    owner = deref(selection.owner)
    if not isinstance(owner, Named) or owner.package is None or owner.decl is None:
        return None
    package = owner.package
    if package.stub or not _is_private(owner.name) or owner.args:
        return None
    key = ("implementation", owner.name)
    if key not in package.memo:
        package.memo[key] = None
        package.memo[key] = _find_implementation(package, owner)
    base = package.memo[key]
    return package.method(base, name) if isinstance(base, str) else None


def _find_implementation(package: Package, owner: Named) -> str | None:
    shape = underlying(owner)
    if not isinstance(shape, Interface) or shape.embeds or not shape.methods:
        return None
    wanted = shape.methods.keys()
    bases = [base for base in package.bases() if wanted <= package.methods(base).keys()]
    if len(bases) != 1:
        return None
    # Who embeds one of the two has the methods as well; what is exported lets others in.
    names = (owner.name.encode(), bases[0].encode())
    words = b"|".join(map(re.escape, names))
    embeds = re.compile(
        rb"^[ \t]*\*?(?:" + words + rb")[ \t]*(?:`.*|//.*)?$"
        rb"|struct[ \t]*\{[ \t]*\*?(?:" + words + rb")[ \t]*[;}]",
        re.MULTILINE,
    )
    exported = re.compile(
        rb"^(?:func (?:\([^)]*\) )?[A-Z]\w*|[ \t]+[A-Z]\w*(?:, ?\w+)* |(?:var|type) [A-Z]).*\b"
        + re.escape(names[0])
        + rb"\b",
        re.MULTILINE,
    )
    for file in package.files:
        content = file.content
        # Both patterns are tried at each line, which few files are worth.
        if names[0] in content:
            if embeds.search(content) or exported.search(content):
                return None
        elif names[1] in content and embeds.search(content):
            return None
    return bases[0]
