"""Whether a function can copy a lock, told from its text: most cannot, and need not be read.

A value that holds a lock comes from a name whose declaration mentions the lock's type by value
(a type, field, variable or function of the package), or from a pointer that is followed. What the
text does not rule out, `copies` looks at in earnest.
"""

from __future__ import annotations

import re

from golint_concurrency.needles import words_of
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.syntax.file import Decl

_COMMENT = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_POINTED = re.compile(rb"\*+[ \t]*(?:\w+\.)?\w+|&(?:\w+\.)?\w+(?=\{)|\bnew\((?:\w+\.)?\w+\)")
_FOLLOWED = re.compile(rb"(?:[=,{:\[-]|(?<!\.)(?<!func)\(|\breturn\b|\brange\b|\bcase\b)\s*\*")
_FIELD = re.compile(rb"[ \t]+(\w+(?:, \w+)*)(?:[ \t]+\S|\()")
_FOREIGN = re.compile(rb"(?<![*\w.\]])(\w+)\.[A-Z]")
_COMMON = frozenset(
    b"any atomic bool byte case chan const context error false float64 func if int int32 int64 interface "
    b"make map new nil return rune string struct sync time true type uint32 uint64 var".split()
)


def may_copy(scope: FileScope, decl: Decl, locks: re.Pattern[bytes]) -> bool:
    """False if the function cannot copy a lock. `locks` finds their types in source."""
    content = scope.file.content
    start, end = decl.start, decl.end
    text = _POINTED.sub(b"*", content[start:end])
    if locks.search(text):
        return True
    hints = scope.package.memo.get("lock-hints")
    if not isinstance(hints, frozenset):
        hints = scope.package.memo["lock-hints"] = _hints(scope.package, locks)
    if not hints.isdisjoint(words_of(text)):
        return True
    body = _body(content, decl)
    if _FOLLOWED.search(content, body, end):
        return True
    return any(
        match.group(1) not in _standard_names(scope)
        for match in _FOREIGN.finditer(content, start, body)
    )


def _standard_names(scope: FileScope) -> frozenset[bytes]:
    """Names by which the file knows packages of the standard library."""
    return frozenset(
        (spec.name or spec.path.rsplit("/", 1)[-1]).encode()
        for spec in scope.file.imports
        if "." not in spec.path.split("/", 1)[0]
    )


def _hints(package: Package, locks: re.Pattern[bytes]) -> frozenset[bytes]:
    """Names of the package by which a value that holds a lock may be had."""
    decls = [member.decl for member in package.members().values()]
    texts = {decl.name.encode(): _text(decl) for decl in decls if decl.kind == "type"}
    words = {name: words_of(text) for name, text in texts.items()}
    found = {name for name, text in texts.items() if locks.search(text)}
    found.update(base.encode() for base in package.bases() if "Lock" in package.methods(base))
    size = -1
    while size < len(found):
        size = len(found)
        found.update(name for name in words if not words[name].isdisjoint(found))
    names = set(found)
    lines = [line for text in texts.values() for line in text.split(b"\n")]
    functions = [decl for decl in decls if decl.is_function]
    for base in package.bases():
        functions += [method.decl for method in package.methods(base).values()]
    for line in lines:
        if not words_of(line).isdisjoint(found) or locks.search(line):
            field = _FIELD.match(line)
            names |= words_of(field.group(1) if field is not None else line)
    for decl in functions:
        head = _head(decl)
        if not words_of(head).isdisjoint(found) or locks.search(head):
            names.add(decl.name.encode())
    for decl in decls:
        if decl.kind == "var":
            text = _text(decl)
            if not words_of(text).isdisjoint(names) or locks.search(text):
                names.add(decl.name.encode())
    return frozenset(names - _COMMON)


def _text(decl: Decl) -> bytes:
    """The declaration without comments and without what is had by a pointer."""
    return _POINTED.sub(b"*", _COMMENT.sub(b"", decl.file.slice(decl.start, decl.end)))


def _head(decl: Decl) -> bytes:
    content = decl.file.content
    return _POINTED.sub(b"*", content[decl.start : _body(content, decl)])


def _body(content: bytes, decl: Decl) -> int:
    """About where the function's signature ends."""
    for opening in (b"{\n", b" {"):
        found = content.find(opening, decl.start, decl.end)
        if found >= 0:
            return found
    return decl.end
